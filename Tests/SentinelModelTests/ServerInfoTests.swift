import SentinelModel
import TestSupport
import Testing

@Suite struct ServerInfoTests {
  @Test func `every field of every recorded INFO is kept in order`() throws {
    let paths = try Fixture.paths(suffix: ".resp").filter { path in
      let name = path.split(separator: "/").last ?? ""
      return name.contains("info") && !name.contains("info-cache") && !name.contains("client-info")
        && !name.contains("command-info")
    }
    #expect(paths.count > 35)
    for path in paths {
      let text = try Fixture.replyText(String(path.dropLast(".resp".count)))
      let info = ServerInfo(text: text)
      let lines = text.split { $0 == "\r\n" }.filter { $0.first != "#" }
      #expect(info.names.map { "\($0):\(info[$0] ?? "?")" } == lines.map(String.init), "\(path)")
      let isDataNode = path.contains("/data-") || path.hasPrefix("data-node/")
      #expect(info.isSentinel == (!isDataNode && !info.names.isEmpty), "\(path)")
    }
  }

  @Test(arguments: [
    ("info.resp2", "7.0.15", false), ("info.resp3", "7.0.15", false),
    ("info-server-sentinel.resp3", "7.0.15", false),
    ("versions/redis-7.2.6/info-two.resp2", "7.2.6", false),
    ("versions/valkey-8.0.1/info-two.resp2", "8.0.1", true),
    ("versions/redis-5.0.14/data-master-info-server.resp2", "5.0.14", false),
    ("versions/valkey-8.0.1/data-master-info-server.resp2", "8.0.1", true),
    ("data-node/master-info.resp3", "7.0.15", false),
  ])
  func `the version is the server's own`(name: String, version: String, isValkey: Bool) throws {
    let info = ServerInfo(text: try Fixture.replyText(name))
    #expect(info.version == version)
    #expect(info.isValkey == isValkey)
  }

  @Test(
    arguments: [
      ("info-sentinel.resp2", false, nil), ("info-sentinel-tilt.resp2", true, .seconds(3)),
      ("versions/redis-5.0.14/info-sentinel.resp2", false, nil),
      ("data-node/master-info.resp2", nil, nil),
    ] as [(String, Bool?, Duration?)])
  func `tilt is told where the server tells it`(
    name: String, isTilted: Bool?, tiltedFor: Duration?
  ) throws {
    let info = ServerInfo(text: try Fixture.replyText(name))
    #expect(info.isTilted == isTilted)
    #expect(info.tiltedFor == tiltedFor)
  }

  @Test(arguments: [
    ("info-sentinel.resp2", ["mymaster ok 127.0.0.1:27001 2 3"]),
    ("info-sentinel-ipv6.resp2", ["mymaster ok [::1]:27501 2 3"]),
    ("info-sentinel-hostnames.resp2", ["mymaster ok localhost:27401 2 3"]),
    (
      "info-sentinel-two-groups.resp2",
      ["mymaster ok 127.0.0.1:27101 2 3", "cache-2 ok 127.0.0.1:27108 1 3"]
    ),
    ("versions/valkey-8.0.1/info-sentinel.resp3", ["mymaster ok 127.0.0.1:27301 2 3"]),
    ("data-node/replica-info.resp2", []),
  ])
  func `a sentinel's services are read`(name: String, services: [String]) throws {
    let info = ServerInfo(text: try Fixture.replyText(name))
    #expect(
      info.services.map { "\($0.name) \($0.status) \($0.address) \($0.replicas) \($0.sentinels)" }
        == services)
  }

  @Test(arguments: [
    "a,b", "a,status=ok,address=h:1,slaves=9", "x=y", "name=", "a b", "größe", "a,sentinels=7",
    "a\u{2028}b", "a\u{85}b", "",
  ])
  func `a service's name may hold anything but a line end`(name: String) throws {
    let text =
      "# Sentinel\r\nsentinel_masters:1\r\n"
      + "master0:name=\(name),status=odown,address=fe80::1:7000,slaves=2,sentinels=3\r\n"
    let line = try #require(ServerInfo(text: text).services.first)
    #expect(line.name == ServiceName(name))
    #expect(line.status == "odown")
    #expect(line.address == NodeAddress(host: "fe80::1", port: 7000))
    #expect(line.replicas == 2 && line.sentinels == 3)
  }

  @Test(arguments: [
    "", "name=a", "name=a,status=ok,address=h,slaves=1,sentinels=1",
    "name=a,status=ok,address=h:x,slaves=1,sentinels=1",
    "name=a,status=ok,address=h:1,slaves=x,sentinels=1",
    "name=a,status=ok,address=h:1,slaves=1", "status=ok,address=h:1,slaves=1,sentinels=1",
    "nme=a,status=ok,address=h:1,slaves=1,sentinels=1", ",,,,", "name=a,address=h:1,status=ok",
  ])
  func `a malformed service line is none`(text: String) {
    #expect(ServiceLine(parsing: text) == nil)
  }

  @Test(arguments: [
    (
      "data-node/master-info-replication.resp3",
      ["127.0.0.1:27002 online 2449 0", "127.0.0.1:27003 online 2449 0"]
    ),
    (
      "data-node/master-while-replica-sync-diskless-transfer-info-replication.resp2",
      ["127.0.0.1:27102 online 0 1", "127.0.0.1:27103 wait_bgsave 0 0"]
    ),
    (
      "versions/valkey-8.0.1/data-master-info-replication.resp2",
      ["127.0.0.1:27302 online 2449 1", "127.0.0.1:27303 online 2449 1"]
    ),
    ("data-node/replica-info-replication.resp2", []),
  ])
  func `a master's replicas are read`(name: String, replicas: [String]) throws {
    let info = ServerInfo(text: try Fixture.replyText(name))
    #expect(
      info.attachedReplicas.map {
        "\($0.address) \($0.state) \($0.offset) \($0.lag.inMilliseconds / 1_000)"
      } == replicas)
  }

  @Test(
    arguments: [
      ("ip=::1,port=7000,state=online,offset=5,lag=1", "[::1]:7000"),
      ("lag=1,offset=5,state=online,port=7000,ip=h", "h:7000"),
      ("ip=h,port=7000,state=online,offset=5,lag=1,type=rdb-channel,=,x", "h:7000"),
      ("ip=h,port=x,state=online,offset=5,lag=1", nil), ("port=1,state=online", nil),
      ("ip=h,port=7000", nil), ("", nil),
    ] as [(String, String?)])
  func `an attached replica is read by its keys`(text: String, address: String?) {
    let replica = AttachedReplica(parsing: text)
    #expect(replica?.address.description == address)
    if let replica { #expect(replica.offset == 5 && replica.lag == .seconds(1)) }
  }

  @Test func `a field that comes twice counts once, with its last value`() {
    let info = ServerInfo(text: "a:1\nb:2:3\r\n\r\n# c:4\nno colon\na:9\n:x\n")
    #expect(info.names == ["a", "b", ""])
    #expect(info["a"] == "9" && info["b"] == "2:3" && info["c"] == nil)
    #expect(info.integer("a") == 9 && info.integer("b") == nil && info.integer("z") == nil)
  }
}
