import RESP
import SentinelModel
import TestSupport
import Testing

@testable import RedisSentinel

/// What is asked, and how the answers are read.
@Suite(.timeLimit(.minutes(1))) struct QueryTests {
  @Test func `masters come by name, and what can't be read is left out`() async throws {
    let answer = Wire.list([Wire.master("b"), Wire.map([("name", "bad")]), Wire.master("a")])
    try await withServers(playing: [Scripts.answering(["SENTINEL MASTERS": answer])]) { client, _ in
      let masters = try await client.masters()
      #expect(masters.map(\.name) == ["a", "b"])
    }
  }

  @Test(arguments: [
    "-ERR Unknown sentinel subcommand 'REPLICAS'\r\n",
    "-ERR Unknown subcommand or wrong number of arguments for 'REPLICAS'. Try SENTINEL HELP.\r\n",
    Wire.noPermission("sentinel|replicas"),
  ])
  func `replicas are asked for by the old word where the new one isn't taken`(refusal: String)
    async throws
  {
    let script = Scripts.answering([
      "SENTINEL REPLICAS mymaster": refusal,
      "SENTINEL SLAVES mymaster": Wire.list([
        Wire.replica(6381), Wire.replica(6380, flags: "s_down,slave"),
      ]),
    ])
    try await withServers(playing: [script]) { client, servers in
      let replicas = try await client.replicas(of: "mymaster")
      #expect(replicas.map(\.address.port) == [6380, 6381])
      #expect(replicas.first?.flags.contains(.sDown) == true)
      #expect(servers[0].orders.map { $0[1] } == ["REPLICAS", "SLAVES"])
    }
  }

  @Test func `replicas of an unknown service aren't asked for twice`() async throws {
    try await withServers(playing: [Scripts.greeting { _, _ in [.send(Wire.unknownService)] }]) {
      client, servers in
      let error = await failure {
        try await client.replicas(of: "nosuch")
      }
      #expect(error?.code == .masterNotFound(.unknownService))
      #expect(error?.service == "nosuch")
      #expect(servers[0].orders.count == 1)
    }
  }

  @Test func `a lost quorum is an answer, no error`() async throws {
    let lost =
      "-NOQUORUM 1 usable Sentinels. Not enough available Sentinels to reach the majority and "
      + "authorize a failover\r\n"
    let fine = "+OK 3 usable Sentinels. Quorum and failover authorization can be reached\r\n"
    try await withServers(
      playing: [
        Scripts.greeting { _, _ in [.send(lost)] }, Scripts.greeting { _, _ in [.send(fine)] },
      ]
    ) { client, servers in
      let report = try await client.checkQuorum(of: "mymaster")
      #expect(!report.isReachable)
      #expect(report.canReachQuorum)
      #expect(report.usableSentinels == 1)
      let other = try await client.checkQuorum(of: "mymaster", on: .one(servers[1].address))
      #expect(other.isReachable)
    }
  }

  @Test func `the password for other Sentinels is masked, and an empty one shown as empty`()
    async throws
  {
    let settings = [
      ("announce-ip", "10.0.0.9"), ("sentinel-user", "ann"), ("sentinel-pass", "s3cr3t"),
    ]
    try await withServers(
      playing: [
        Scripts.answering(["SENTINEL CONFIG GET *": Wire.map(settings)]),
        Scripts.answering(["SENTINEL CONFIG GET *": Wire.map([("sentinel-pass", "")])]),
      ]
    ) { client, servers in
      let shown = try await client.configuration()
      #expect(
        shown == [
          "announce-ip": "10.0.0.9", "sentinel-user": "ann", "sentinel-pass": "******",
        ])
      let empty = try await client.configuration(on: .one(servers[1].address))
      #expect(empty == ["sentinel-pass": ""])
    }
  }

  @Test func `the address is told as it is, unchecked, and none for an unknown service`()
    async throws
  {
    let script = Scripts.knowing(port: 6390, flags: "s_down,o_down,master")
    try await withServers(playing: [script]) { client, _ in
      let known = try await client.masterAddress(of: "mymaster")
      let unknown = try await client.masterAddress(of: "nosuch")
      #expect(known == NodeAddress(host: "127.0.0.1", port: 6390))
      #expect(unknown == nil)
    }
  }

  @Test func `any command can be sent, and its error is an error`() async throws {
    let script = Scripts.answering(["PING": "+PONG\r\n", "GET a": "-ERR unknown command 'GET'\r\n"])
    try await withServers(playing: [Scripts.closing, script]) { client, servers in
      let pong = await client.execute(["PING"])
      #expect(pong.map(\.endpoint) == [servers[1].address])
      #expect(pong.first?.reply == .simpleString("PONG"))
      let refused = await client.execute(["GET", "a"], on: .all)
      #expect(refused.map(\.endpoint) == servers.map(\.address))
      #expect(
        refused.map { $0.failure?.code }
          == [.connection(.closed), .server])
    }
  }

  @Test func `words of any bytes arrive as they are`() async throws {
    try await withServers(playing: [Scripts.greeting { _, _ in [.send(Wire.ok)] }]) {
      client, servers in
      let words = ["SENTINEL", "SET", "my master", "auth-pass", " \r\n$3\u{0}ö"]
      _ = await client.execute(words)
      #expect(servers[0].orders == [words])
    }
  }

  @Test(arguments: ["resp2", "resp3"])
  func `recorded answers are read by the queries of both protocols`(version: String) throws {
    let from = NodeAddress(host: "10.0.0.1", port: 26379)
    func reply<Reply>(_ query: SentinelQuery<Reply>, _ name: String) throws -> Reply {
      try query.reply(Fixture.reply("\(name).\(version)"), from: from)
    }
    #expect(try reply(.masters, "masters").entries.map(\.name) == ["mymaster"])
    #expect(try reply(.master("mymaster"), "master").quorum == 2)
    #expect(try reply(.replicas("mymaster"), "replicas").entries.count == 2)
    #expect(try reply(.sentinels("mymaster"), "sentinels").entries.count == 2)
    #expect(try reply(.masterAddress("nosuch"), "get-master-addr-unknown") == nil)
    #expect(try reply(.info([]), "info").isSentinel)
    #expect(try reply(.configuration(matching: ["*"]), "config-get-all")["announce-port"] == "0")
    #expect(try reply(.infoCache(["mymaster"]), "info-cache").isEmpty == false)
    #expect(try reply(.pendingScripts, "pending-scripts-running").entries.count == 1)
  }
}
