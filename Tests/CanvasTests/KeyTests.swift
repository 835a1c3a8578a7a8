import Canvas
import Testing

@Suite struct KeyTests {
  static let all: [Key] =
    [
      .up, .down, .left, .right, .home, .end, .pageUp, .pageDown, .enter, .escape, .tab, .backTab,
      .backspace, .insert, .delete, .control(" "), .alt(" "), .alt("x"), .alt("X"), .alt("-"),
      .character("é"), .character("日"),
    ]
    + (1...24).map { .function($0) }
    + (UInt8(0x20)..<0x7F).map { .character(Character(Unicode.Scalar($0))) }
    + "abcdefgklnopqrstuvwxyz\\]^_".map { .control($0) }

  @Test(arguments: all)
  func `a key's name is the key's name again`(key: Key) {
    #expect(Key(key.description) == key)
    #expect(Key(key.name(.ascii)) == key)
  }

  @Test func `no two keys share a name`() {
    #expect(Set(Self.all.map(\.description)).count == Self.all.count)
  }

  @Test func `an ASCII name is ASCII`() {
    #expect(Key.backTab.name(.ascii) == "Shift-Tab")
    #expect(Key.backTab.description == "⇧Tab")
    #expect(Key.up.name(.ascii) == "Up")
  }

  @Test(arguments: [
    ("ctrl-l", Key.control("l")), ("C-l", .control("l")), ("^L", .control("l")),
    ("Ctrl+L", .control("l")), ("page_up", .pageUp), ("PageDown", .pageDown),
    ("shift-tab", .backTab),
    ("ESC", .escape), ("space", .character(" ")), ("f12", .function(12)), ("F", .character("F")),
    ("f", .character("f")), ("M-x", .alt("x")), ("Ctrl-I", .tab), ("Ctrl-M", .enter),
    ("^", .character("^")),
    ("-", .character("-")), ("minus", .character("-")), ("Delete", .delete),
  ])
  func `people spell keys in many ways`(name: String, key: Key) {
    #expect(Key(name) == key)
  }

  @Test(arguments: [
    "", "F0", "F25", "Ctrl-", "Ctrl-é", "Ctrl-ab", "foo", "\u{1B}", "\n", "Alt-", "Alt-xy",
  ])
  func `what is no key has no key`(name: String) {
    #expect(Key(name) == nil)
  }
}
