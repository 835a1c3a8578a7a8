import Canvas
import Testing

@testable import Curses

@Suite struct KeyboardMachineTests {
  static let sequences: [(String, [Key])] = [
    ("aF", [.character("a"), .character("F")]), ("\u{1B}[A", [.up]), ("\u{1B}OB", [.down]),
    ("\u{1B}[1;5C", [.right]), ("\u{1B}[3~", [.delete]), ("\u{1B}[5~", [.pageUp]),
    ("\u{1B}[6;2~", [.pageDown]), ("\u{1B}[Z", [.backTab]), ("\u{1B}OP", [.function(1)]),
    ("\u{1B}[15~", [.function(5)]), ("\u{1B}[24~", [.function(12)]), ("\u{1B}[[A", [.function(1)]),
    ("\u{1B}[H", [.home]), ("\u{1B}[4~", [.end]), ("\r", [.enter]), ("\n", [.enter]),
    ("\t", [.tab]), ("\u{7F}", [.backspace]), ("\u{8}", [.backspace]), ("\u{C}", [.control("l")]),
    ("\u{1A}", [.control("z")]), ("\u{3}", [.control("c")]), ("\u{0}", [.control(" ")]),
    ("\u{1C}", [.control("\\")]), ("\u{1B}x", [.alt("x")]), ("\u{1B}é", [.alt("é")]),
    ("é日🚀", [.character("é"), .character("日"), .character("🚀")]),
    ("\u{1B}[200~a\nb\u{1B}[31m\u{1B}[201~q", [.paste("a\nb\u{1B}[31m"), .character("q")]),
    ("\u{1B}[200~\u{1B}[201~", [.paste("")]),
    ("\u{1B}[<0;10;5M", [.mouse(.press, Position(column: 9, row: 4))]),
    ("\u{1B}[<0;10;5m", [.mouse(.release, Position(column: 9, row: 4))]),
    ("\u{1B}[<64;1;1M", [.mouse(.wheelUp, .origin)]),
    ("\u{1B}[<65;300;1M", [.mouse(.wheelDown, Position(column: 299, row: 0))]),
    ("\u{1B}[<2;1;1M", [.mouse(.rightPress, .origin)]), ("\u{1B}[<35;1;1M", []),
    ("\u{1B}[99~x", [.character("x")]), ("\u{1B}[?1;2cx", [.character("x")]),
    ("\u{1B}]11;rgb:0/0/0\u{1B}\\x", [.character("x")]),
    ("\u{1B}]11;rgb:0/0/0\u{7}x", [.character("x")]),
    ("\u{1B}\u{1B}[A", [.escape, .up]), ("\u{1B}[M !!q", [.character("q")]),
  ]

  @Test(arguments: sequences)
  func `bytes become the keys they stand for`(text: String, keys: [Key]) {
    var machine = KeyboardMachine()
    #expect(machine.received(Array(text.utf8)) == keys)
    #expect(!machine.isWaiting)
  }

  @Test(arguments: sequences)
  func `it does not matter where the bytes are cut`(text: String, keys: [Key]) {
    let bytes = Array(text.utf8)
    for cut in 0...bytes.count {
      var machine = KeyboardMachine()
      let first = machine.received(bytes[..<cut])
      let second = machine.received(bytes[cut...])
      #expect(first + second == keys)
    }
    var machine = KeyboardMachine()
    let single = bytes.flatMap { machine.received([$0]) }
    #expect(single == keys)
  }

  @Test func `escape alone is a key only once its time has run out`() {
    var machine = KeyboardMachine()
    #expect(machine.received([0x1B]) == [])
    #expect(machine.isWaiting)
    #expect(machine.expired() == [.escape])
    #expect(!machine.isWaiting)
    #expect(machine.expired() == [])
    #expect(machine.received(Array("[A".utf8)) == [.character("["), .character("A")])
  }

  @Test func `escape and a bracket are alt and a bracket if nothing follows`() {
    var machine = KeyboardMachine()
    #expect(machine.received(Array("\u{1B}[".utf8)) == [])
    #expect(machine.expired() == [.alt("[")])
  }

  @Test(arguments: [("0", false), ("1", true), ("2", true), ("3", false), ("4", false)])
  func `an answer about frames is no key, wherever it is cut`(state: String, isKnown: Bool) {
    let bytes = Array("\u{1B}[?2026;\(state)$y".utf8)
    for cut in 0...bytes.count {
      var machine = KeyboardMachine()
      #expect(machine.received(bytes[..<cut]) + machine.received(bytes[cut...]) == [])
      #expect(machine.takeReports() == [.frames(isKnown)])
      #expect(machine.takeReports() == [])
      #expect(!machine.isWaiting)
    }
  }

  @Test func `an answer about something else is neither key nor report`() {
    var machine = KeyboardMachine()
    #expect(machine.received(Array("\u{1B}[?1;2$y\u{1B}[?20261;1$yx".utf8)) == [.character("x")])
    #expect(machine.takeReports() == [])
  }

  @Test func `the terminal's last answer ends the asking`() {
    var answer = TerminalProbe.Answer()
    answer.received(Array("\u{1B}[?2026;2".utf8))
    #expect(answer.hasFrames == nil && !answer.isComplete)
    answer.received(Array("$y\u{1B}[?62;c".utf8))
    #expect(answer.hasFrames == true && answer.isComplete)
    var silent = TerminalProbe.Answer()
    silent.received(Array("x\u{1B}[?1;2c".utf8))
    #expect(silent.hasFrames == false && silent.isComplete)
  }

  @Test func `an answer that stalls is waited for longer than an escape`() {
    var machine = KeyboardMachine()
    #expect(machine.received([0x1B]) == [])
    #expect(!machine.isPatient)
    #expect(machine.received(Array("[?2026;".utf8)) == [])
    #expect(machine.isPatient)
    #expect(machine.received(Array("1$y".utf8)) == [])
    #expect(!machine.isPatient)
  }

  @Test func `bytes that are no UTF-8 are dropped and what follows is not`() {
    var machine = KeyboardMachine()
    let keys = machine.received([0xFF, 0x61, 0xC3, 0x62, 0x80, 0x63])
    #expect(keys.suffix(2) == [.character("b"), .character("c")])
    #expect(machine.received([0xE6, 0x97]) == [])
    #expect(machine.expired() == [])
    #expect(machine.received([0x64]) == [.character("d")])
  }

  @Test func `a paste without an end is handed over when nothing more comes`() {
    var machine = KeyboardMachine()
    #expect(machine.received(Array("\u{1B}[200~yes".utf8)) == [])
    #expect(machine.isPatient)
    #expect(machine.expired() == [.paste("yes")])
    #expect(machine.received([0x79]) == [.character("y")])
  }

  @Test func `an endless paste keeps its beginning and still ends`() {
    var machine = KeyboardMachine()
    _ = machine.received(Array("\u{1B}[200~".utf8))
    _ = machine.received([UInt8](repeating: 0x61, count: KeyboardMachine.pasteLimit + 5_000))
    let keys = machine.received(Array("\u{1B}[201~x".utf8))
    #expect(keys.last == .character("x"))
    guard case .paste(let text)? = keys.first else {
      Issue.record("no paste")
      return
    }
    #expect(text.utf8.count <= KeyboardMachine.pasteLimit)
    #expect(text.allSatisfy { $0 == "a" })
  }

  @Test func `what the terminal's description says goes before the usual meaning`() {
    var machine = KeyboardMachine(described: [Array("\u{1B}[15~".utf8): .insert])
    #expect(machine.received(Array("\u{1B}[15~".utf8)) == [.insert])
    #expect(machine.received(Array("\u{1B}[17~".utf8)) == [.function(6)])
  }

  @Test func `any bytes leave it able to take a key`() {
    var random = Numbers(state: 42)
    for _ in 0..<20_000 {
      var machine = KeyboardMachine()
      let bytes = (0..<random.next() % 40).map { _ in
        let value = UInt8(truncatingIfNeeded: random.next())
        return value % 3 == 0 ? Array("\u{1B}[O;<M~0201\u{7}".utf8)[Int(value) % 12] : value
      }
      _ = machine.received(bytes)
      while machine.isWaiting { _ = machine.expired() }
      #expect(machine.received([0x71]) == [.character("q")])
    }
  }

  /// A sequence of numbers that is the same in each run.
  private struct Numbers {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 33
    }
  }
}
