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
}
