import SentinelModel
import Testing

@testable import SentinelLab

struct ServerConfigurationTests {
  private let here = NodeAddress(host: "127.0.0.1", port: 7001)
  private let master = NodeAddress(host: "127.0.0.1", port: 7000)

  @Test(arguments: [
    ("6379", "6379"), ("/tmp/a-b_c.d", "/tmp/a-b_c.d"), ("", "\"\""),
    ("a b", "\"\\x61\\x20\\x62\""), ("\"\n", "\"\\x22\\x0a\""), ("é", "\"\\xc3\\xa9\""),
  ])
  func `a word is quoted so that the server reads the same bytes`(word: String, text: String) {
    #expect(ServerConfiguration.quoted(word) == text)
  }

  @Test func `a replica knows its master, and the password from both sides`() throws {
    var layout = LabLayout()
    layout.nodePassword = "secret"
    let lines = try lines(replicaOf: master, layout: layout)
    #expect(lines.contains("replicaof 127.0.0.1 7000"))
    #expect(lines.contains("requirepass secret"))
    #expect(lines.contains("masterauth secret"))
  }

  @Test func `a master without a password asks for none`() throws {
    let lines = try lines(replicaOf: nil, layout: LabLayout())
    #expect(!lines.contains { $0.hasPrefix("replicaof") || $0.hasPrefix("requirepass") })
  }

  @Test(arguments: [
    ("Redis server v=6.2.14 sha", false), ("Redis server v=7.0.0 sha", true),
    ("Valkey server v=7.2.5 sha", true),
  ])
  func `debugging is allowed where the option exists`(said: String, isThere: Bool) throws {
    let binary = try #require(ServerBinary(path: "/x", said: said))
    let text = ServerConfiguration.dataNode(
      at: here, replicaOf: nil, folder: "/tmp/x", layout: LabLayout(), binary: binary
    ).text
    #expect(text.contains("enable-debug-command local\n") == isThere)
  }

  @Test func `a sentinel monitors every service with the layout's settings`() {
    var layout = LabLayout(masters: 2, quorum: 3)
    layout.nodePassword = "secret"
    layout.downAfter = .milliseconds(700)
    let text = ServerConfiguration.sentinel(
      at: here, masters: [("session", master), ("cache", here)], folder: "/tmp/x", layout: layout
    ).text
    let lines = text.split(separator: "\n").map(String.init)
    #expect(lines.contains("sentinel monitor session 127.0.0.1 7000 3"))
    #expect(lines.contains("sentinel monitor cache 127.0.0.1 7001 3"))
    #expect(lines.contains("sentinel down-after-milliseconds session 700"))
    #expect(lines.contains("sentinel auth-pass cache secret"))
    #expect(!lines.contains { $0.hasPrefix("requirepass") })
  }

  @Test(arguments: [
    (true, true, ["port 0", "tls-port 7001", "tls-replication yes"]),
    (false, true, ["port 8001", "tls-port 7001", "tls-replication no"]),
    (true, false, ["port 7001", "tls-port 8001", "tls-replication yes"]),
  ])
  func `clients and other Sentinels each find a port that speaks as they do`(
    nodes: Bool, sentinels: Bool, wanted: [String]
  ) {
    var layout = LabLayout()
    let tls = LabTLS(
      certificateFile: "/c", keyFile: "/k", authorityFile: "/a", nodes: nodes, sentinels: sentinels)
    layout.tls = tls
    let text = ServerConfiguration.sentinel(
      at: here, peerPort: tls.needsTwoPorts ? 8001 : nil, masters: [], folder: "/tmp/x",
      layout: layout
    ).text
    let lines = text.split(separator: "\n").map(String.init)
    #expect(Set(wanted).isSubset(of: lines))
    #expect(layout.portCount == (tls.needsTwoPorts ? 9 : 6))
  }

  private func lines(replicaOf master: NodeAddress?, layout: LabLayout) throws -> [String] {
    let binary = try #require(ServerBinary(path: "/x", said: "Redis server v=7.0.15 sha"))
    return ServerConfiguration.dataNode(
      at: here, replicaOf: master, folder: "/tmp/x", layout: layout, binary: binary
    ).text.split(separator: "\n").map(String.init)
  }
}
