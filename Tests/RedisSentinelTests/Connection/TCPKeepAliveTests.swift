import NIOCore
import SentinelModel
import Testing

@testable import RedisSentinel

@Suite(.timeLimit(.minutes(1))) struct TCPKeepAliveTests {
  private func options(_ configuration: ConnectionConfiguration) async throws -> [Int] {
    try await FakeSentinel.open(Scripts.silent) { server in
      let (channel, _) = try await Dialer.dial(server.address, configuration) { _ in }
      var values: [Int] = []
      for (option, _) in TCPKeepAlive().options {
        values.append(try await Int(channel.getOption(option).get()))
      }
      try await channel.close()
      return values
    }
  }

  @Test func `the socket is told how to find out that its peer is gone`() async throws {
    var configuration = ConnectionConfiguration(connectTimeout: .seconds(5))
    #expect(try await options(configuration) == [1, 30, 5, 3])
    configuration.keepAlive = TCPKeepAlive(
      idle: .seconds(70), interval: .milliseconds(20), probes: 0)
    #expect(try await options(configuration) == [1, 70, 1, 1])
  }

  @Test func `without it the socket isn't told`() async throws {
    var configuration = ConnectionConfiguration(connectTimeout: .seconds(5))
    configuration.keepAlive = nil
    #expect(try await options(configuration).first == 0)
  }
}
