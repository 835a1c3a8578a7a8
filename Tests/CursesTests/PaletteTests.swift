import CNcurses
import Canvas
import Testing

@testable import Curses

@Suite struct PaletteTests {
  @Test func `emphasis becomes the attributes of ncurses`() {
    #expect(Palette.attributes([]) == 0)
    #expect(Palette.attributes([.bold, .reverse]) == curses_bold | curses_reverse)
    #expect(Palette.attributes([.dim, .underline, .italic]) != 0)
  }

  @Test func `without colours no pair is asked for`() {
    let theme = Theme(name: "t", looks: [.critical: Look(foreground: .white, emphasis: .bold)])
    var palette = Palette(theme: theme, depth: .none)
    #expect(palette.ink(for: Style(.critical)) == .init(attributes: curses_bold, pair: 0))
  }

  @Test func `two styles whose spaces look the same have the same ground`() {
    let theme = Theme(
      name: "t",
      looks: [
        .dim: Look(emphasis: .dim), .critical: Look(emphasis: .bold),
        .changed: Look(emphasis: .underline), .selection: Look(emphasis: .reverse),
      ])
    var palette = Palette(theme: theme, depth: .none)
    func ground(_ style: Style) -> Palette.Ground { palette.ink(for: style).ground }
    #expect(ground(Style(.dim)) == ground(Style(.critical)))
    #expect(ground(Style(.dim)) != ground(Style(.dim, isChanged: true)))
    #expect(ground(Style(.dim)) != ground(Style(.dim, on: .selection)))
  }

  @Test func `a number means the palette only as far as the terminal takes it for that`() {
    func number(_ color: Color?, _ indexed: Int) -> Int32 {
      Palette(theme: .plain, depth: .direct, indexed: indexed).number(of: color)
    }
    #expect(number(.indexed(208), 256) == 208)
    #expect(number(.indexed(208), 8) == 0xFF8700)
    #expect(number(.indexed(3), 8) == 3)
    #expect(number(Color("#102030"), 8) == 0x102030)
    #expect(number(nil, 8) == -1)
    // So dark a blue is a number of the palette, too: it gets a trace of green.
    #expect(number(Color("#0000c8"), 256) == 0x1C8)
    #expect(number(Color("#0000c8"), 8) == 0xC8)
    #expect(number(.black, 8) == 0x100)
  }
}
