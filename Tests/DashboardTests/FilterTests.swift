import Canvas
import SentinelInsight
import SentinelModel
import Testing

@testable import Dashboard

@Suite struct FilterTests {
  private struct Row {
    var name: String
    var lag: Double?
  }

  private static let rows = [
    Row(name: "cache", lag: 0), Row(name: "session", lag: 12_000), Row(name: "queue", lag: nil),
    Row(name: "Cache two", lag: 0.25),
  ]
  private static let columns: [Column<Row>] = [
    Column("NAME", .fill) { Text($0.name) },
    Column("LAG", .fixed(6)) {
      Text($0.lag.map { "\($0)" } ?? "–")
    } number: {
      $0.lag
    },
  ]

  private func names(_ text: String) throws -> [String] {
    guard let filter = try Filter(text, fields: ["name", "lag"]) else { return ["all"] }
    let rows = RowFilter(filter, Self.columns)
    return Self.rows.filter(rows.matches).map(\.name)
  }

  @Test(arguments: [
    ("cache", ["cache", "Cache two"]), ("CACHE", ["cache", "Cache two"]),
    ("/^c.*e$/", ["cache"]), ("!cache", ["session", "queue"]),
    ("!/s/", ["cache", "queue", "Cache two"]), ("name:que", ["queue"]), ("na:que", ["queue"]),
    ("lag>10k", ["session"]), ("lag<1", ["cache", "Cache two"]),
    ("lag>=250ms", ["session", "Cache two"]),
    ("lag=0", ["cache"]), ("!lag>0", ["cache", "queue"]), ("c lag>0.1", ["Cache two"]),
    ("\"cache two\"", ["Cache two"]), ("name:/^.ache\\b/ !two", ["cache"]), ("", ["all"]),
    ("   ", ["all"]), ("10:6", []), ("127.0.0.1:6379", []),
  ])
  func `terms all have to hold`(text: String, expected: [String]) throws {
    #expect(try names(text) == expected)
  }

  @Test(arguments: [
    ("/(/", "is no regular expression"), ("lag>much", "wants a number"),
    ("state:up", "there is no field state here; there are name, lag"), ("lag<>2", "no comparison"),
  ])
  func `what can't be understood is told`(text: String, part: String) {
    #expect { try Filter(text, fields: ["name", "lag"]) } throws: { "\($0)".contains(part) }
  }

  @Test func `any text is a filter or an error, and never more`() {
    let pieces = ["!", "/", "\"", ":", ">", "lag", " ", "\\", "(", "[", "\u{202E}", "é", "5s"]
    var random = SystemRandomNumberGenerator()
    for _ in 0..<3_000 {
      let text = (0..<Int.random(in: 0...7, using: &random)).map { _ in pieces.randomElement() ?? ""
      }
      .joined()
      guard let filter = try? Filter(text, fields: ["name", "lag"]) else { continue }
      let rows = RowFilter(filter, Self.columns)
      _ = Self.rows.filter(rows.matches)
    }
  }

  @Test func `numbers are ordered by what they are, and what isn't known comes last`() throws {
    let up = try #require(RowOrder(Sorting(field: "lag"), Self.columns))
    #expect(up.sorted(Self.rows).map(\.name) == ["cache", "Cache two", "session", "queue"])
    let down = try #require(RowOrder(Sorting(field: "lag", isDescending: true), Self.columns))
    #expect(down.sorted(Self.rows).map(\.name) == ["session", "Cache two", "cache", "queue"])
    #expect(RowOrder(Sorting(field: "size"), Self.columns) == nil)
  }
}
