import SentinelLab
import SentinelModel
import TestSupport
import Testing

@testable import RedisSentinel

/// One real server with TLS, and who may talk to it.
@Suite(.live) struct TLSLiveTests {
  /// Lends a single master, and how to connect to it.
  private func withServer(
    _ tls: LabTLS?, _ body: (Dial) async throws -> Void
  ) async throws {
    var layout = LabLayout(replicas: 0, sentinels: 0)
    layout.tls = tls
    try await Lab.open(layout) { lab in
      try await body(Dial(address: lab.masters[0].address))
    }
  }

  private struct Dial {
    var address: NodeAddress

    /// The error of a connection; nil where it works.
    func error(_ tls: TLSOption.Settings?, host: String? = nil) async -> SentinelError? {
      let configuration = ConnectionConfiguration(
        connectTimeout: .seconds(10), commandTimeout: .seconds(10),
        tls: tls.map { .enabled($0) } ?? .disabled)
      let target = NodeAddress(host: host ?? address.host, port: address.port)
      let error = await failure {
        try await NodeConnection.open(to: target, configuration, expecting: .anyServer) {
          try await $0.send(["PING"])
        }
      }
      #expect(error == nil || error?.endpoint == target)
      #expect(error?.mayHaveExecuted != true)
      return error
    }
  }

  private func change(
    _ settings: TLSOption.Settings, _ change: (inout TLSOption.Settings) -> Void
  ) -> TLSOption.Settings {
    var settings = settings
    change(&settings)
    return settings
  }

  @Test func `a name that is asked for has to be in the certificate, whatever address was reached`()
    async throws
  {
    try await Certificates.open { files in
      try await withServer(files.lab()) { dial in
        let strict = change(files.trusted) { $0.serverName = "redis.example" }
        let error = await dial.error(strict)
        #expect(error?.code == .tls)
        #expect(error?.message.contains("redis.example") == true)
        #expect(await dial.error(change(strict) { $0.verification = .withoutServerName }) == nil)
        #expect(await dial.error(change(strict) { $0.serverName = "LOCALHOST" }) == nil)
      }
    }
  }

  @Test func `who believes the authority and is believed gets through`() async throws {
    try await Certificates.open { files in
      try await withServer(files.lab()) { dial in
        let trusted = files.trusted
        // By its address, without a name to send, and by its name.
        #expect(await dial.error(trusted) == nil)
        #expect(await dial.error(trusted, host: "localhost") == nil)
        #expect(await dial.error(change(trusted) { $0.serverName = "localhost." }) == nil)
        var locked = files.identity()
        locked.keyFile = files.path("locked.key")
        locked.keyPassword = "s3cr3t"
        #expect(await dial.error(change(trusted) { $0.identity = locked }) == nil)
        let anyName = change(trusted) {
          $0.serverName = "elsewhere.example"
          $0.verification = .withoutServerName
        }
        #expect(await dial.error(anyName) == nil)
        let anybody = change(trusted) {
          $0.trust = .file(files.otherAuthority)
          $0.verification = .none
        }
        #expect(await dial.error(anybody) == nil)
      }
    }
  }

  @Test func `who doesn't gets told why, each in other words`() async throws {
    try await Certificates.open { files in
      try await withServer(files.lab()) { dial in
        let trusted = files.trusted
        let other = await dial.error(change(trusted) { $0.trust = .file(files.otherAuthority) })
        #expect(other?.code == .tls)
        #expect(
          other?.message == "its certificate isn't from the authority in \(files.otherAuthority)")
        let system = await dial.error(change(trusted) { $0.trust = .system })
        #expect(system?.code == .tls)
        #expect(
          system?.message == "its certificate isn't from an authority that this system trusts")
        // In TLS 1.3 the refusal comes when the handshake is over for us, and may get lost with the
        // connection.
        let nobody = await dial.error(change(trusted) { $0.identity = nil })
        #expect(nobody?.message.contains("it wants a client certificate") == true)
        let stranger = await dial.error(
          change(trusted) { $0.identity = files.identity(Certificates.stranger) })
        #expect(stranger?.message.contains("it refuses our client certificate") == true)
        let plain = await dial.error(nil)
        #expect(plain?.message.contains("perhaps it wants TLS") == true)
        if case .connection? = plain?.code {} else { Issue.record("\(plain as Any)") }
      }
    }
  }

  @Test func `files that don't fit are named`() async throws {
    try await Certificates.open { files in
      let nowhere = Dial(address: NodeAddress(host: "127.0.0.1", port: 1))
      var identity = files.identity()
      identity.keyFile = files.path("stranger.key")
      let mixed = await nowhere.error(change(files.trusted) { $0.identity = identity })
      #expect(mixed?.code == .tls)
      #expect(mixed?.message.contains("doesn't belong to the certificate") == true)
      identity.keyFile = files.path("locked.key")
      let locked = await nowhere.error(change(files.trusted) { $0.identity = identity })
      #expect(locked?.message.contains("it may need a password") == true)
      identity.keyPassword = "wrong"
      let wrong = await nowhere.error(change(files.trusted) { $0.identity = identity })
      #expect(wrong?.message.contains("the password may be wrong") == true)
      #expect(wrong?.description.contains("wrong\"") == false)
      let key = await nowhere.error(
        change(files.trusted) { $0.trust = .file(files.path("client.key")) })
      #expect(key?.message.contains("holds nothing of that kind") == true)
    }
  }

  @Test func `the name that is wanted, or the address, must be in the certificate`() async throws {
    try await Certificates.open { files in
      let lab = files.lab(Certificates.named, wantsClientCertificates: false)
      try await withServer(lab) { dial in
        let trusted = TLSOption.Settings(trust: .file(files.authority))
        let error = await dial.error(trusted)
        #expect(error?.code == .tls)
        #expect(error?.message == "its certificate isn't for the address 127.0.0.1")
        let elsewhere = change(trusted) { $0.serverName = "elsewhere.example" }
        let name = await dial.error(elsewhere)
        #expect(name?.code == .tls)
        #expect(name?.message == "its certificate isn't for elsewhere.example")
        #expect(await dial.error(change(elsewhere) { $0.verification = .withoutServerName }) == nil)
        #expect(await dial.error(trusted, host: "localhost") == nil)
        #expect(await dial.error(change(trusted) { $0.serverName = "localhost" }) == nil)
      }
    }
  }

  @Test func `a certificate that has expired is told as such`() async throws {
    try await Certificates.open { files in
      try await withServer(files.lab(Certificates.expired)) { dial in
        let error = await dial.error(files.trusted)
        #expect(error?.code == .tls)
        #expect(error?.message == "its certificate has expired")
      }
    }
  }

  @Test func `a server without TLS costs no more than the time to connect`() async throws {
    try await withServer(nil) { dial in
      // It waits for the end of what it takes for a command.
      let configuration = ConnectionConfiguration(
        connectTimeout: .milliseconds(500), commandTimeout: .seconds(60),
        tls: .enabled(TLSOption.Settings(verification: .none)))
      let error = await failure {
        try await NodeConnection.connect(to: dial.address, configuration)
      }
      #expect(error?.code == .timeout(.tls))
      #expect(error?.message.contains("perhaps it speaks plain text") == true)
    }
  }

  @Test func `a renewed certificate is taken without a restart`() async throws {
    try await Certificates.open { files in
      try await withServer(files.lab()) { dial in
        let file = files.path("chosen.crt")
        let settings = change(files.trusted) { $0.trust = .file(file) }
        try files.copy("other.crt", to: "chosen.crt")
        #expect(await dial.error(settings)?.code == .tls)
        try files.copy("ca.crt", to: "chosen.crt")
        #expect(await dial.error(settings) == nil)
      }
    }
  }

  @Test func `one context serves all connections of a configuration`() async throws {
    try await Certificates.open { files in
      let contexts = TLSContexts()
      let first = try contexts.context(for: files.trusted)
      #expect(try contexts.context(for: files.trusted) === first)
      let other = change(files.trusted) { $0.serverName = "other" }
      #expect(try contexts.context(for: other) !== first)
    }
  }
}
