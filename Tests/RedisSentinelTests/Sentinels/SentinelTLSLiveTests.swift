import RESP
import SentinelLab
import SentinelModel
import TestSupport
import Testing

@testable import RedisSentinel

/// Real deployments in which Sentinels, nodes, or both speak TLS.
@Suite(.live) struct SentinelTLSLiveTests {
  private func withLab(
    nodes: Bool, sentinels: Bool, _ body: (Lab, Certificates) async throws -> Void
  ) async throws {
    try await Certificates.open { files in
      var layout = LabLayout()
      layout.tls = files.lab(nodes: nodes, sentinels: sentinels)
      try await Lab.open(layout) { try await body($0, files) }
    }
  }

  private func configuration(
    _ endpoints: [NodeAddress], _ files: Certificates, nodes: Bool, sentinels: Bool
  ) throws -> SentinelConfiguration {
    var configuration = try SentinelConfiguration(endpoints: endpoints)
    configuration.sentinelConnection.tls = sentinels ? .enabled(files.trusted) : .disabled
    configuration.nodeConnection.tls = nodes ? .enabled(files.trusted) : .disabled
    // Other tests may run beside this one on a small machine.
    configuration.sentinelConnection.connectTimeout = .seconds(5)
    configuration.sentinelConnection.commandTimeout = .seconds(5)
    configuration.discoveryTimeout = .seconds(10)
    return configuration
  }

  private func words(_ words: String...) -> RedisRequest {
    RedisRequest(words: words.map { RESPBytes($0) }, isReplayable: true, blocksFor: nil)
  }

  @Test(arguments: [(true, true), (false, true), (true, false)])
  func `Sentinels and nodes are each talked to in their own way`(
    nodes: Bool, sentinels: Bool
  ) async throws {
    try await withLab(nodes: nodes, sentinels: sentinels) { lab, files in
      // Among themselves, they find each other, too.
      try await lab.settle()
      let client = SentinelClient(
        configuration: try configuration(
          lab.sentinels.map(\.address), files, nodes: nodes, sentinels: sentinels))
      #expect(try await client.discoverMaster(of: "mymaster") == lab.masters[0].address)
      #expect(try await client.replicas(of: "mymaster").count == 2)
      let answers = await client.askAll(.masters)
      #expect(answers.allSatisfy { $0.reply?.entries.count == 1 })
      #expect(answers.allSatisfy { $0.reply?.entries.first?.otherSentinelCount == 2 })
      let master = try client.makeMasterClient(for: "mymaster")
      let replica = try client.makeReplicaClient(for: "mymaster")
      #expect(try await master.replies(to: [words("SET", "k", "v")]) == [.simpleString("OK")])
      #expect(try await master.replies(to: [words("WAIT", "2", "5000")]).first?.integer == 2)
      #expect(try await replica.replies(to: [words("GET", "k")]) == [.bulkString("v")])
      await client.shutdown()
    }
  }

  @Test func `a failover over TLS is followed by the master's client`() async throws {
    try await withLab(nodes: true, sentinels: true) { lab, files in
      try await lab.settle()
      var configuration = try configuration(
        lab.sentinels.map(\.address), files, nodes: true, sentinels: true)
      configuration.retry = .forever
      let client = SentinelClient(configuration: configuration)
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await client.run() }
        defer { group.cancelAll() }
        let master = try client.makeMasterClient(for: "mymaster")
        _ = try await master.replies(to: [words("SET", "before", "1")])
        try await client.failover("mymaster")
        var address = lab.masters[0].address
        while address == lab.masters[0].address {
          _ = try await master.replies(to: [words("SET", "during", "1")])
          address = try await client.discoverMaster(of: "mymaster")
        }
        // The port of the node that answers; with TLS, INFO's tcp_port is that of TLS.
        let replies = try await master.replies(to: [words("ROLE"), words("INFO", "server")])
        #expect(replies.first?.elements?.first?.text == "master")
        let info = replies.last?.text.map { ServerInfo(text: $0) }
        #expect(info?.integer("tcp_port") == address.port)
      }
      await client.shutdown()
    }
  }

  @Test func `a Sentinel on which TLS fails is passed over, and remembered where all do`()
    async throws
  {
    try await withLab(nodes: false, sentinels: true) { lab, files in
      let plain = lab.masters[0].address
      let client = SentinelClient(
        configuration: try configuration(
          [plain, lab.sentinels[0].address], files, nodes: false, sentinels: true))
      #expect(try await client.discoverMaster(of: "mymaster") == plain)
      await client.shutdown()

      var wary = try configuration(
        lab.sentinels.map(\.address), files, nodes: false, sentinels: true)
      wary.sentinelConnection.tls = .enabled(
        TLSOption.Settings(trust: .file(files.otherAuthority), identity: files.identity()))
      let unbelieving = SentinelClient(configuration: wary)
      let error = await failure { try await unbelieving.discoverMaster(of: "mymaster") }
      #expect(error?.code == .tls)
      #expect(error?.underlying.map(\.code) == [.tls, .tls, .tls])
      #expect(error?.description.contains("isn't from the authority in") == true)
      await unbelieving.shutdown()
    }
  }

  @Test func `nodes on which TLS fails are told as such, not hidden behind retries`() async throws {
    try await withLab(nodes: true, sentinels: true) { lab, files in
      var wrong = try configuration(
        lab.sentinels.map(\.address), files, nodes: true, sentinels: true)
      wrong.nodeConnection.tls = .enabled(
        TLSOption.Settings(trust: .file(files.otherAuthority), identity: files.identity()))
      wrong.retry = .forever
      let client = SentinelClient(configuration: wrong)
      for node in [
        try client.makeMasterClient(for: "mymaster"), try client.makeReplicaClient(for: "mymaster"),
      ] {
        let error = await failure { try await node.replies(to: [words("PING")]) }
        #expect(error?.code == .tls)
        #expect(error?.service == "mymaster")
      }
      await client.shutdown()
    }
  }
}
