import SentinelModel
import Synchronization
import Testing

@testable import RedisSentinel

@Suite(.timeLimit(.minutes(1))) struct CredentialProviderTests {
  private struct Refused: Error {
    var secret = "s3cr3t"
  }

  private func connect(
    _ server: FakeSentinel, _ provider: CredentialProvider
  ) async throws -> NodeConnection {
    var configuration = ConnectionConfiguration(
      connectTimeout: .seconds(5), commandTimeout: .seconds(20),
      authentication: Authentication(password: "old"))
    configuration.credentialProvider = provider
    return try await NodeConnection.connect(to: server.address, configuration)
  }

  @Test func `each connection is made with what the provider gives then`() async throws {
    try await FakeSentinel.open(Scripts.greeting { _, _ in [] }) { server in
      let number = Mutex(0)
      let provider = CredentialProvider { endpoint in
        #expect(endpoint == server.address)
        return number.withLock { number in
          number += 1
          return Authentication(username: "ann", password: "secret-\(number)")
        }
      }
      for _ in 0..<2 { try await connect(server, provider).close() }
      let hello = ["HELLO", "3", "AUTH", "ann"]
      #expect(server.received == [hello + ["secret-1"], hello + ["secret-2"]])
    }
  }

  @Test func `a provider that gives nothing means no authentication`() async throws {
    try await FakeSentinel.open(Scripts.greeting { _, _ in [] }) { server in
      try await connect(server, CredentialProvider { _ in nil }).close()
      #expect(server.received == [["HELLO", "3"]])
    }
  }

  @Test func `a provider that fails is told as that, without its secrets`() async throws {
    try await FakeSentinel.open(Scripts.greeting { _, _ in [] }) { server in
      let error = await failure {
        try await connect(server, CredentialProvider { _ in throw Refused() })
      }
      #expect(error?.code == .authentication)
      #expect(error?.endpoint == server.address)
      #expect(error?.description.contains("s3cr3t") == false)
      #expect(server.acceptedCount == 0)
    }
  }

  @Test func `who gives up while the provider thinks is cancelled`() async throws {
    try await FakeSentinel.open(Scripts.greeting { _, _ in [] }) { server in
      let (asked, ask) = AsyncStream.makeStream(of: Void.self)
      let caller = Task {
        try await connect(
          server,
          CredentialProvider { _ in
            ask.finish()
            try await Task.sleep(for: .seconds(3_600))
            return nil
          })
      }
      for await _ in asked {}
      caller.cancel()
      #expect(await failure(of: { try await caller.value })?.code == .cancelled)
    }
  }

  @Test func `a copy is the same provider, and another one isn't`() {
    let one = CredentialProvider { _ in nil }
    let copy = one
    #expect(one == copy)
    #expect(one != CredentialProvider { _ in nil })
    #expect(Set([one, copy]).count == 1)
  }
}
