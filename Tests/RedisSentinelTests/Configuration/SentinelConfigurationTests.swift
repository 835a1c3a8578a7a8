import SentinelModel
import Testing

@testable import RedisSentinel

@Suite struct SentinelConfigurationTests {
  private static let one = NodeAddress(host: "10.0.0.1", port: 26379)
  private static let two = NodeAddress(host: "10.0.0.2", port: 26379)

  @Test func `endpoints keep their order and lose their duplicates`() throws {
    let configuration = try SentinelConfiguration(
      endpoints: [Self.two, Self.one, Self.two, NodeAddress(host: "10.0.0.1", port: 26380)])
    #expect(
      configuration.endpoints == [Self.two, Self.one, NodeAddress(host: "10.0.0.1", port: 26380)])
  }

  @Test(
    arguments: [
      ([], 0, "no Sentinel given"),
      ([NodeAddress(host: "", port: 26379)], 0, "\":26379\" is no address"),
      ([one, NodeAddress(host: "10.0.0.3", port: 0)], 0, "\"10.0.0.3:0\" is no address"),
      ([NodeAddress(host: "10.0.0.3", port: 65536)], 0, "\"10.0.0.3:65536\" is no address"),
      ([NodeAddress(host: "10.0.0.3", port: -1)], 0, "\"10.0.0.3:-1\" is no address"),
      ([one], -1, "minimumOtherSentinels"),
    ] as [([NodeAddress], Int, String)])
  func `what makes no sense is refused, and named`(
    endpoints: [NodeAddress], minimum: Int, words: String
  ) throws {
    let error = try #require(throws: SentinelError.self) {
      try SentinelConfiguration(endpoints: endpoints, minimumOtherSentinels: minimum)
    }
    #expect(error.code == .invalidConfiguration)
    #expect(error.message.contains(words))
    #expect(!error.mayHaveExecuted)
  }

  @Test(arguments: [1, 65535])
  func `the first and the last port are ports`(port: Int) throws {
    let endpoint = NodeAddress(host: "::1", port: port)
    let configuration = try SentinelConfiguration(endpoints: [endpoint])
    #expect(configuration.endpoints == [endpoint])
  }

  @Test func `Sentinels are waited for as the nodes are, where only these are described`() throws {
    var node = ConnectionConfiguration(
      connectTimeout: .seconds(7), commandTimeout: .seconds(8),
      authentication: Authentication(password: "secret"), tls: .enabled(TLSOption.Settings()),
      clientName: "me")
    node.keepAlive = nil
    node.database = 3
    let derived = try SentinelConfiguration(endpoints: [Self.one], nodeConnection: node)
    var patience = ConnectionConfiguration(connectTimeout: .seconds(7), commandTimeout: .seconds(8))
    patience.keepAlive = nil
    #expect(derived.sentinelConnection == patience)
    #expect(derived.nodeConnection == node)
    let own = ConnectionConfiguration(commandTimeout: .seconds(2))
    let both = try SentinelConfiguration(
      endpoints: [Self.one], sentinelConnection: own, nodeConnection: node)
    #expect(both.sentinelConnection == own)
    let neither = try SentinelConfiguration(endpoints: [Self.one])
    #expect(neither.sentinelConnection.commandTimeout == .seconds(1))
    #expect(neither.nodeConnection.commandTimeout == .seconds(5))
  }

  @Test func `making a client touches no network`() async throws {
    try await FakeSentinel.open(Scripts.knowing()) { server in
      let client = SentinelClient(
        configuration: try SentinelConfiguration(endpoints: [server.address]))
      await client.shutdown()
      #expect(server.acceptedCount == 0)
    }
  }
}
