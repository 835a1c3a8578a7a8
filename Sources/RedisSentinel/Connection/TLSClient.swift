import NIOCore
import NIOPosix
import NIOSSL
import SentinelModel

/// Encrypts connections to one endpoint, as its configuration says.
struct TLSClient: Sendable {
  private let context: NIOSSLContext
  private let settings: TLSOption.Settings
  private let endpoint: NodeAddress

  /// Nil where the connection is to be plain text.
  ///
  /// - Throws: `.tls` where a file can't be read or the server's name is none.
  init?(_ option: TLSOption, _ endpoint: NodeAddress) throws(SentinelError) {
    guard case .enabled(let settings) = option else { return nil }
    do throws(TLSFiles.Trouble) {
      context = try TLSContexts.shared.context(for: settings)
    } catch {
      throw SentinelError(.tls, error.words, endpoint: endpoint)
    }
    if let name = settings.serverName, name.isEmpty || Self.isAddress(name) {
      throw SentinelError(
        .tls, "\"\(name)\" is no server name; for an IP address give none", endpoint: endpoint)
    }
    self.settings = settings
    self.endpoint = endpoint
  }

  /// Puts TLS on a new channel; the future tells when both sides have agreed, or why they haven't.
  func encrypt(_ channel: any Channel, until deadline: NIODeadline) throws -> EventLoopFuture<Void>
  {
    let tls = try NIOSSLClientHandler(context: context, serverHostname: serverName)
    let handshake = TLSHandshake(
      channel.eventLoop, tls,
      explainer: TLSExplainer(endpoint: endpoint, settings: settings, serverName: serverName),
      deadline: deadline)
    try channel.pipeline.syncOperations.addHandlers(tls, handshake)
    return handshake.finished
  }

  /// The name to send and to verify. TLS knows no addresses as names: those are verified against what
  /// the connection really reached.
  private var serverName: String? {
    guard let name = settings.serverName ?? (Self.isAddress(endpoint.host) ? nil : endpoint.host)
    else { return nil }
    // A name that is complete may end in a dot; the one in a certificate never does.
    return name.hasSuffix(".") ? String(name.dropLast()) : name
  }

  private static func isAddress(_ host: String) -> Bool {
    host.contains(":") || (try? SocketAddress(ipAddress: host, port: 0)) != nil
  }
}
