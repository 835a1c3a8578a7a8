import Canvas
import Dashboard
import Testing

@Suite struct KeymapTests {
  private let names = Keymap.standard.names

  @Test func `each row of the table has a name of its own`() {
    #expect(Set(names).count == names.count)
    for name in names {
      #expect(name.allSatisfy { $0 == "-" || $0.isASCII && $0.isLowercase }, "\(name)")
    }
  }

  @Test func `names that configs may hold are still there`() {
    let promised: Set = [
      "failover", "reset", "check-quorum", "toggle-lock", "confirm", "cancel", "switch-choice",
      "press-choice", "show-details", "show-agreement", "show-doctor", "show-failovers",
      "show-command-log", "move-down", "move-up", "page-down", "page-up", "move-to-first",
      "move-to-last", "next-pane", "previous-pane", "focus-masters", "focus-replicas",
      "focus-sentinels", "focus-events", "show-help", "close", "close-help", "redraw", "suspend",
      "quit", "quit-at-once", "filter", "next-match", "previous-match", "clear", "sort-by-next",
      "reverse-order", "only-problems", "freeze", "step-back", "step-forward", "copy", "export",
      "mark-incident", "change-setting", "change-setting-back", "show-palette", "show-events",
      "show-settings", "accept-entry", "complete-entry", "leave-entry", "move-down-choosing",
      "move-up-choosing", "edit", "monitor", "remove", "flush-configuration", "show-progress",
      "stop-change", "retry-change", "undo-change", "next-field", "previous-field", "submit",
      "leave-it", "press-choice-confirming-by-name", "close-following",
    ]
    #expect(promised.subtracting(names).isEmpty)
  }

  @Test(arguments: Keymap.standard.names)
  func `a row that is given another key answers to that one only`(name: String) throws {
    let index = try #require(names.firstIndex(of: name))
    let row = ActionTable.rows[index]
    let keymap = Keymap(.standard, changes: [name: [.function(24)]])
    for mode in row.modes {
      #expect(keymap.action(for: .function(24), in: mode) == row.action)
      for key in row.keys { #expect(keymap.action(for: key, in: mode) != row.action) }
    }
    #expect(keymap.rows[index].keys == [.function(24)])
  }

  @Test func `a disabled row has no key, and no hint`() {
    let keymap = Keymap(.standard, changes: ["failover": []])
    #expect(keymap.action(for: .character("F"), in: .browsing) == nil)
    var state = State.sample
    state.keymap = keymap
    #expect(state.press("F") == nil)
    #expect(state.mode.kind == .browsing)
    #expect(!render(state).text.contains("F failover"))
  }

  @Test func `other keys are hinted at and explained`() {
    var state = State.sample
    state.keymap = Keymap(.standard, changes: ["failover": [.function(7), .control("f")]])
    #expect(render(state).text.contains("F7 failover"))
    state.press("F7")
    #expect(state.mode.kind == .confirming)
    state.press("n")
    #expect(render(state.pressing("?")).text.contains("F7 Ctrl-F"))
  }

  @Test(arguments: Keymap.Preset.allCases)
  func `a preset's keys mean one thing each, and nobody is caught`(preset: Keymap.Preset) {
    let keymap = Keymap(preset, changes: [:])
    #expect(keymap.conflicts == [])
    #expect(keymap.traps == [])
    #expect(keymap.swallowed.isEmpty)
  }

  @Test func `vim's pages are a preset's`() {
    let vim = Keymap(.vim, changes: [:])
    for (key, action) in [
      ("f", Action.pageDown), ("d", .pageDown), ("b", .pageUp), ("u", .pageUp),
    ] {
      let character = Character(key)
      #expect(vim.action(for: .control(character), in: .browsing) == action)
      #expect(Keymap.standard.action(for: .control(character), in: .browsing) == nil)
    }
    #expect(vim.action(for: .pageDown, in: .help) == .pageDown)
    // Where text is typed, they edit it.
    #expect(vim.action(for: .control("u"), in: .typing) == nil)
    #expect(vim.action(for: .pageUp, in: .choosing) == .pageUp)
    let changed = Keymap(.vim, changes: ["page-up": [.function(2)]])
    #expect(changed.action(for: .control("u"), in: .browsing) == nil)
    #expect(changed.action(for: .function(2), in: .choosing) == .pageUp)
  }

  @Test func `where text is typed, a key that types something is no other key`() {
    let keymap = Keymap(.standard, changes: ["accept-entry": [.character("a"), .function(2)]])
    #expect(keymap.swallowed.map(\.name) == ["accept-entry"])
    #expect(keymap.swallowed.map(\.key) == [.character("a")])
  }

  @Test func `a key with two meanings in one mode is a conflict`() throws {
    let keymap = Keymap(.standard, changes: ["failover": [.character("c")]])
    let conflict = try #require(keymap.conflicts.first)
    #expect(keymap.conflicts.count == 1)
    #expect(conflict.key == .character("c"))
    #expect([conflict.first, conflict.second] == ["failover", "check-quorum"])
    #expect(conflict.modes == [.browsing])
  }

  @Test func `one key in two modes, or twice for one action, is none`() {
    // No quorum is asked for while a question is open.
    #expect(Keymap(.standard, changes: ["confirm": [.character("c")]]).conflicts == [])
    let twice = Keymap(.standard, changes: ["failover": [.character("F"), .character("F")]])
    #expect(twice.conflicts == [])
  }

  @Test func `without a key that quits, or leads back, one would be caught`() {
    #expect(Keymap(.standard, changes: ["quit": []]).traps == [.browsing])
    #expect(Keymap(.standard, changes: ["quit-at-once": []]).traps == [])
    let none: [String: [Key]] = [
      "quit-at-once": [], "close": [], "cancel": [], "leave-entry": [],
    ]
    let traps = Keymap(.standard, changes: none).traps
    #expect([.confirming, .reading, .typing, .choosing].allSatisfy(traps.contains))
    #expect(!traps.contains(.browsing))
  }
}
