import RESP
import SentinelModel
import TestSupport
import Testing

@testable import RedisSentinel

/// What is read where it stands in the bytes is what a tree of values gives.
@Suite struct WireFieldsTests {
  private func wire(_ text: String) -> RESPBytes { RESPBytes(text) }

  private func isSame<State: Equatable>(
    _ query: SentinelQuery<Entries<State>>, _ path: String
  ) throws -> Bool {
    let bytes = RESPBytes(try Fixture.bytes(path))
    let endpoint = NodeAddress(host: "127.0.0.1", port: 26379)
    let value = try query.reply(try #require(try Fixture.replies(path).first), from: endpoint)
    let wire = try query.reply(ReceivedReply.wire(bytes), from: endpoint)
    return value.entries == wire.entries && value.bad == wire.bad
  }

  @Test func `all recorded lists give the same states either way`() throws {
    let paths = try Fixture.paths(suffix: ".resp")
    var count = 0
    for path in paths where try Fixture.replies(path).count == 1 {
      let name = path.split(separator: "/").last ?? ""
      if name.hasPrefix("masters") || name.hasPrefix("primaries") {
        #expect(try isSame(.masters, path), "\(path)")
      } else if name.hasPrefix("replicas") || name.hasPrefix("slaves") {
        #expect(try isSame(.replicas("mymaster"), path), "\(path)")
      } else if name.hasPrefix("sentinels") {
        #expect(try isSame(.sentinels("mymaster"), path), "\(path)")
      } else {
        continue
      }
      count += 1
    }
    #expect(count > 100)
  }

  private func masters(_ text: String) -> Entries<MasterState>? {
    Entries(wire: wire(text)) { (fields) throws(BadEntry) in try MasterState(taking: &fields) }
  }

  private func list(_ entries: [[(String, String)]]) -> String {
    "*\(entries.count)\r\n" + entries.map { Wire.map($0) }.joined()
  }

  private let fields = [
    ("name", "a"), ("ip", "10.0.0.1"), ("port", "6379"), ("flags", "master,s_down"),
  ]

  @Test func `what isn't known, and what can't be read, is kept`() throws {
    let read = try #require(
      masters(list([fields + [("quorum", "two"), ("new", "thing"), ("num-replicas", "3")]])))
    let master = try #require(read.entries.first)
    #expect(master.report.additionalFields == ["quorum": "two", "new": "thing"])
    #expect(master.flags == [.master, .sDown] && master.replicaCount == 3)
  }

  @Test func `one bad entry spoils no other`() throws {
    let read = try #require(masters(list([[("name", "b")], fields, [("name", "")]])))
    #expect(read.entries.map(\.name) == ["a"])
    #expect(
      read.bad.map(\.reason) == [
        "the field ip is missing, or no text", "the field name is missing",
      ])
  }

  @Test(arguments: [
    "*1\r\n%1\r\n$1\r\na\r\n:1\r\n", "*1\r\n*1\r\n$1\r\na\r\n", "*1\r\n$1\r\na\r\n", "*1\r\n%1\r\n",
    "*2\r\n%0\r\n", "+OK\r\n", "",
    "*1\r\n%2\r\n$1\r\na\r\n$1\r\nb\r\n$1\r\na\r\n$1\r\nc\r\n",
  ])
  func `what isn't plain, or has a name twice, is left to the tree of values`(text: String) {
    #expect(masters(text) == nil)
  }

  @Test func `more fields than there is memory for are left to the tree of values`() {
    let many = (0..<65).map { ("field-\($0)", "x") }
    #expect(masters(list([many])) == nil)
    let error = #expect(throws: SentinelError.self) {
      try SentinelQuery.masters.reply(
        ReceivedReply.wire(wire("+OK\r\n")), from: NodeAddress(host: "a", port: 1))
    }
    #expect(error?.code == .protocolViolation)
  }

  @Test func `an address that is no text is refused, and other text repaired`() throws {
    let bytes =
      Array("*1\r\n%4\r\n$4\r\nname\r\n$1\r\na\r\n$2\r\nip\r\n$1\r\n".utf8) + [0xff]
      + Array("\r\n$4\r\nport\r\n$1\r\n1\r\n$5\r\nflags\r\n$6\r\nmaster\r\n".utf8)
    let read: Entries<MasterState>? = Entries(wire: RESPBytes(bytes)) {
      (fields) throws(BadEntry) in try MasterState(taking: &fields)
    }
    #expect(read?.bad.count == 1 && read?.entries.isEmpty == true)
  }
}
