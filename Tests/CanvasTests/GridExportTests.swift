import Canvas
import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct GridExportTests {
  let theme = Theme(
    name: "t",
    looks: [
      .text: Look(foreground: Color("#eeeeee"), background: Color("#102030")),
      .critical: Look(foreground: .indexed(9), emphasis: .bold),
      .selection: Look(background: .indexed(4)), .input: Look(emphasis: .reverse),
    ])
  let bare = Theme(
    name: "b",
    looks: [.critical: Look(foreground: .indexed(208)), .dim: Look(emphasis: .dim)])

  func grid() -> Grid {
    var grid = Grid(Size(columns: 12, rows: 3))
    grid.put("<a> & " + Text("odown", .critical), at: .origin)
    grid.put("日x", at: Position(column: 1, row: 1))
    return grid
  }

  @Test func `with colours, each line sets what it needs and leaves nothing set`() {
    #expect(
      grid().ansi(bare, .indexed) == "<a> & \u{1B}[38;5;208modown\u{1B}[0m\n 日x\n\n")
    #expect(grid().ansi(bare, .none) == "<a> & odown\n 日x\n\n")
    let lines = grid().ansi(theme, .direct).split(separator: "\n")
    #expect(
      lines[0] == "\u{1B}[38;2;238;238;238;48;2;16;32;48m<a> & \u{1B}[0m"
        + "\u{1B}[1;91;48;2;16;32;48modown\u{1B}[0m"
        + "\u{1B}[38;2;238;238;238;48;2;16;32;48m \u{1B}[0m")
    // The paper goes to the end of each line.
    #expect(lines.count == 3 && lines[2].contains("m            \u{1B}"))
  }

  @Test func `what is written with colours says the same as without`() {
    for depth in [ColorDepth.none, .eight, .sixteen, .indexed, .direct] {
      let plain = grid().ansi(bare, depth).replacing(/\u{1B}\[[0-9;]*m/, with: "")
      #expect(plain == grid().text + "\n")
    }
  }

  @Test func `a picture is well-formed, holds every word, and places each in its column`() throws {
    let svg = grid().svg(theme, title: "a < b\u{1B}")
    let reader = Reader()
    let parser = XMLParser(data: Data(svg.utf8))
    parser.delegate = reader
    #expect(parser.parse())
    #expect(reader.texts.contains("<a> &"))
    #expect(reader.texts.contains("odown") && reader.texts.contains("日"))
    #expect(reader.texts.contains("a < b␛"))
    #expect(svg.contains("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100.8\" height=\"48\""))
    #expect(svg.contains("fill=\"#102030\""))
    // “odown” stands in the columns 6 to 10, “日” in 1 and 2.
    #expect(
      svg.contains(
        "<text x=\"50.4\" y=\"12\" textLength=\"42\" lengthAdjust=\"spacingAndGlyphs\" "
          + "fill=\"#ff0000\" font-weight=\"bold\">odown</text>"))
    #expect(svg.contains("<text x=\"8.4\" y=\"28\" textLength=\"16.8\""))
  }

  @Test func `a picture shows grounds, and swaps what is reversed`() {
    var grid = grid()
    grid.tint(Rect(left: 0, top: 0, columns: 12, rows: 1), on: .selection)
    grid.put("typed", at: Position(column: 0, row: 2), role: .input)
    let svg = grid.svg(theme)
    #expect(svg.contains("<rect x=\"50.4\" y=\"0\" width=\"42\" height=\"16\" fill=\"#0000ee\"/>"))
    #expect(svg.contains("<rect x=\"0\" y=\"32\" width=\"42\" height=\"16\" fill=\"#eeeeee\"/>"))
    #expect(svg.contains("fill=\"#102030\">typed</text>"))
  }

  @Test func `a hostile name is harmless in every form`() {
    var grid = Grid(Size(columns: 40, rows: 1))
    grid.put("\u{1B}]0;x\u{7}</text><script>\u{202E}\u{FFFE}", at: .origin)
    let svg = grid.svg(theme)
    #expect(!svg.contains("<script>") && svg.contains("&lt;script&gt;"))
    #expect(XMLParser(data: Data(svg.utf8)).parse())
    for text in [svg, grid.ansi(bare, .indexed)] {
      #expect(!text.contains("\u{1B}]") && !text.contains("\u{202E}") && !text.contains("\u{7}"))
    }
  }

  /// Gathers what stands between the tags.
  private final class Reader: NSObject, XMLParserDelegate {
    private(set) var texts: [String] = []
    private var text = ""

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) { text = "" }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

    func parser(
      _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
    ) { texts.append(text) }
  }
}
