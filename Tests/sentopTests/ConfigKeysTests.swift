import Canvas
import Dashboard
import Testing

@testable import sentop

struct ConfigKeysTests {
  private func read(_ keys: String) -> (keys: ConfigKeys, told: [String]) {
    let (config, problems) = ConfigText.read("keys:\n" + keys)
    return (config.keys, problems.map { $0.line(in: "c") })
  }

  @Test func `a key, a list of keys, and none`() {
    let (keys, told) = read("  failover: F5\n  reset: [F6, Ctrl-R]\n  toggle-lock: disabled\n")
    #expect(told == [])
    #expect(
      keys.changes == [
        "failover": [.function(5)], "reset": [.function(6), .control("r")], "toggle-lock": [],
      ])
    #expect(keys.keymap.action(for: .control("r"), in: .browsing) == .reset)
    #expect(keys.keymap.action(for: .character("R"), in: .browsing) == nil)
    #expect(keys.keymap.action(for: .character("O"), in: .browsing) == nil)
  }

  @Test func `digits are keys, too`() {
    let (keys, told) = read("  focus-masters: 5\n  focus-events: [9, 'true']\n")
    #expect(keys.changes["focus-masters"] == [.character("5")])
    #expect(told.count == 1)
  }

  @Test(arguments: ActionTable.rows.indices)
  func `every row can be given another key`(index: Int) {
    let name = ConfigKeys.names[index]
    let (keys, told) = read("  \(name): F24\n")
    #expect(told == [])
    #expect(keys.keymap.rows[index].keys == [.function(24)])
  }

  @Test func `of two entries for one key both places are told`() {
    let (_, told) = read("  failover: F5\n  reset:\n    - F6\n    - F5\n")
    #expect(told.count == 1)
    #expect(
      told.first?.hasPrefix(
        "c:5:7: reset: F5 means failover, too (given at 2:13), in the panes: ") == true,
      "told: \(told)")
  }

  @Test func `so is a key that another action has by default`() {
    let (_, told) = read("  failover: [F, c]\n")
    #expect(
      told.first?.hasPrefix(
        "c:2:17: failover: c means check-quorum, too (its key by default), in the panes: ") == true,
      "told: \(told)")
    #expect(read("  failover: [F, c]\n  check-quorum: disabled\n").told == [])
  }

  @Test func `a key may change its owner`() {
    #expect(read("  failover: R\n  reset: F\n").told == [])
  }

  @Test func `a vim's key is taken with the preset, and free without`() {
    #expect(read("  failover: Ctrl-F\n").told == [])
    #expect(read("  preset: vim\n  failover: Ctrl-F\n").told.first?.contains("page-down") == true)
  }

  @Test func `who disables the last key that quits is told so`() {
    let (_, told) = read("  quit: disabled\n")
    #expect(told.count == 1)
    #expect(told.first?.hasPrefix("c:2:9: no key leads out of the program any more") == true)
    #expect(read("  quit: [disabled]\n  close: F5\n").told.count == 1)
    #expect(read("  quit: F10\n").told == [])
  }

  @Test func `a letter is no key where letters are typed`() {
    let (_, told) = read("  complete-entry: [Tab, x]\n")
    #expect(told.count == 1)
    #expect(told.first?.hasPrefix("c:2:25: complete-entry: x couldn't be typed any more") == true)
  }

  @Test func `who could not leave a question any more is told so`() {
    let (_, told) = read("  cancel: disabled\n  quit-at-once: disabled\n")
    #expect(told.count == 1)
    #expect(told.first?.contains("in a question") == true, "told: \(told)")
  }
}
