import SentinelModel
import Testing

@testable import RedisSentinel

struct TLSOptionTests {
  private static let secret = "s3cr3t-k3y"
  private static let tls = TLSOption.enabled(
    TLSOption.Settings(
      identity: TLSOption.Identity(
        certificateFile: "/c.crt", keyFile: "/c.key", keyPassword: secret)))
  private let nowhere = NodeAddress(host: "127.0.0.1", port: 1)

  @Test func `no way of printing it shows the key's password`() {
    let connection = ConnectionConfiguration(tls: Self.tls)
    for value: Any in [Self.tls, connection, [Self.tls]] {
      var dumped = ""
      dump(value, to: &dumped)
      for text in ["\(value)", String(reflecting: value), dumped] {
        #expect(!text.contains(Self.secret))
        #expect(text.contains("/c.key"))
      }
    }
  }

  @Test func `a connection is plain text where nothing else is said`() {
    #expect(ConnectionConfiguration().tls == .disabled)
  }

  @Test func `a file that is missing is named, and nothing is sent`() async {
    let error = await failure {
      try await NodeConnection.connect(to: nowhere, ConnectionConfiguration(tls: Self.tls))
    }
    #expect(error?.code == .tls)
    #expect(
      error?.message == "the client certificate /c.crt can't be read: No such file or directory")
  }

  @Test(arguments: ["", "10.0.0.1", "::1"])
  func `an address is no server name`(name: String) async {
    let tls = TLSOption.enabled(TLSOption.Settings(serverName: name))
    let error = await failure {
      try await NodeConnection.connect(to: nowhere, ConnectionConfiguration(tls: tls))
    }
    #expect(error?.code == .tls)
    #expect(error?.message.contains("no server name") == true)
  }

  @Test func `a server that never answers TLS costs no more than the time to connect`() async throws
  {
    try await SilentServer.open { address in
      let configuration = ConnectionConfiguration(
        connectTimeout: .milliseconds(200), commandTimeout: .seconds(60),
        tls: .enabled(TLSOption.Settings()))
      let error = await failure { try await NodeConnection.connect(to: address, configuration) }
      #expect(error?.code == .timeout(.tls))
      #expect(error?.endpoint == address)
    }
  }

  @Test func `who gives up doesn't wait for a server that never answers TLS`() async throws {
    try await SilentServer.open { address in
      let configuration = ConnectionConfiguration(
        connectTimeout: .seconds(60), tls: .enabled(TLSOption.Settings()))
      let task = Task {
        await failure { try await NodeConnection.connect(to: address, configuration) }
      }
      try await Task.sleep(for: .milliseconds(50))
      task.cancel()
      #expect(await task.value?.code == .cancelled)
    }
  }

  @Test func `a server that answers TLS with plain text is told as such`() async throws {
    try await SilentServer.open(saying: "-ERR max number of clients reached\r\n") { address in
      let configuration = ConnectionConfiguration(
        connectTimeout: .seconds(20), tls: .enabled(TLSOption.Settings()))
      let error = await failure { try await NodeConnection.connect(to: address, configuration) }
      #expect(error?.code == .tls)
      #expect(error?.message == "it answers TLS with plain text: no TLS is spoken there")
    }
  }
}
