import RedisSentinel
import Testing

/// What can be written by who imports the library alone. That this file compiles is the test: it must
/// import nothing else.
@Suite struct ExportsTests {
  @Test func `values that are taken and given can be used with their members`() throws {
    let address = try #require(NodeAddress(parsing: "10.0.0.1", defaultPort: 26379))
    let configuration = try SentinelConfiguration(endpoints: [address])
    let client = SentinelClient(configuration: configuration)
    let masters: () async throws -> [MasterState] = { try await client.masters() }
    let isDown: (MasterState) -> Bool = { $0.flags.isDown && $0.address == address }
    let text: (RESPValue) -> String? = { $0.text }
    _ = (masters, isDown)
    #expect(text(.bulkString("a")) == "a")
    #expect(address.port == SentinelConfiguration.defaultPort)
  }
}
