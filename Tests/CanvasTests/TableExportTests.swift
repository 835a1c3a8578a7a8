import Canvas
import Foundation
import Testing

@Suite struct TableExportTests {
  struct Row {
    var name: String
    var lag: String
  }

  func table(_ rows: [Row]) -> Table<Row> {
    Table(
      [
        Column("", .fixed(1)) { _ in Text("●", .healthy) },
        Column("NAME", .fill) { Text($0.name) },
        Column("LAG IT HAS", .fixed(3), .right) { Text($0.lag) },
      ], rows: rows)
  }

  let plain = [Row(name: "cache", lag: "0 B"), Row(name: "session", lag: "12.4M")]

  @Test func `all rows are there, also those that no screen would have room for`() {
    let many = (0..<500).map { Row(name: "m\($0)", lag: "\($0)") }
    #expect(table(many).csv().split(separator: "\r\n").count == 501)
    #expect(table(many).markdown().split(separator: "\n").count == 502)
    #expect(table(many).json().split(separator: "\n").count(where: { $0.contains("name") }) == 500)
  }

  @Test func `a spreadsheet gets commas, and quotes where they are needed`() {
    #expect(
      table(plain).csv()
        == "MARK,NAME,LAG IT HAS\r\n●,cache,0 B\r\n●,session,12.4M\r\n")
    let odd = table([Row(name: "a,\"b\"", lag: "1")]).csv()
    #expect(odd.hasSuffix("●,\"a,\"\"b\"\"\",1\r\n"))
    #expect(table([]).csv() == "MARK,NAME,LAG IT HAS\r\n")
  }

  @Test(arguments: [
    ("=1+1", "'=1+1"), ("+switch-master", "'+switch-master"), ("-2+3", "'-2+3"),
    ("@SUM(1)", "'@SUM(1)"),
    ("  =1", "'=1"), ("-2.5", "-2.5"), ("+3", "+3"), ("a=1", "a=1"), ("＝1", "'＝1"), ("\t=1", "␉=1"),
    ("=HYPERLINK(\"x\",1)", "\"'=HYPERLINK(\"\"x\"\",1)\""), ("a\r\nb", "a␍␊b"),
  ])
  func `no cell is a formula, and none breaks a line`(name: String, cell: String) {
    #expect(table([Row(name: name, lag: "1")]).csv().hasSuffix("\r\n●,\(cell),1\r\n"))
  }

  @Test func `a program gets objects with keys, and every letter of the values`() throws {
    struct Answer: Decodable {
      var schema: Int
      var rows: [[String: String]]
    }
    let hostile = "\u{1B}]0;x\u{7}\u{202E}\u{E0041}\"\\\n\t日"
    let json = table(plain + [Row(name: hostile, lag: "–")]).json()
    let answer = try JSONDecoder().decode(Answer.self, from: Data(json.utf8))
    #expect(answer.schema == 1)
    #expect(answer.rows.map { $0["name"] } == ["cache", "session", hostile])
    #expect(answer.rows[0] == ["mark": "●", "name": "cache", "lagItHas": "0 B"])
    #expect(!json.contains("\u{1B}") && !json.contains("\u{202E}"))
    let empty = try JSONDecoder().decode(Answer.self, from: Data(table([]).json().utf8))
    #expect(empty.rows.isEmpty)
  }

  @Test func `programs get sizes in bytes and times in milliseconds, and say so`() {
    let table = Table<Double?>(
      [
        Column(
          "LAG", .fixed(6), in: .bytes
        ) {
          Text($0.map { "\($0)!" } ?? "–")
        } number: {
          $0
        },
        Column(
          "RTT", .fixed(6), in: .seconds
        ) {
          Text($0.map { "\($0)!" } ?? "–")
        } number: {
          $0
        },
      ], rows: [12_400_000, 0.000_25, nil])
    #expect(
      table.csv()
        == "LAG (bytes),RTT (ms)\r\n12400000,12400000000\r\n0,0.25\r\n,\r\n")
    #expect(
      table.json().contains(
        """
            {"lagBytes": 12400000, "rttMs": 12400000000},
            {"lagBytes": 0, "rttMs": 0.25},
            {"lagBytes": null, "rttMs": null}
        """))
    #expect(table.markdown().contains("12400000.0!"))
  }

  @Test func `two columns of one title get keys of their own`() throws {
    let twins = Table(
      [
        Column<Row>("NAME", .fill) { Text($0.name) }, Column<Row>("NAME", .fill) { Text($0.lag) },
      ], rows: plain)
    #expect(twins.json().contains("{\"name\": \"cache\", \"name2\": \"0 B\"}"))
  }

  @Test func `a page gets a table with bars, and nothing in it is a mark`() {
    #expect(
      table(plain).markdown() == """
        | MARK | NAME    | LAG IT HAS |
        | ---- | ------- | ---------: |
        | ●    | cache   |        0 B |
        | ●    | session |      12.4M |

        """)
    let odd = table([Row(name: "a|b*c_<d>`\\&", lag: "1")]).markdown()
    #expect(odd.contains("a\\|b\\*c\\_\\<d\\>\\`\\\\&amp;"))
  }
}
