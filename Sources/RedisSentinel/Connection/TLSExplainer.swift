import NIOCore
import NIOSSL
import SentinelModel

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Says in words what went wrong with TLS, at whom.
struct TLSExplainer {
  let endpoint: NodeAddress
  let settings: TLSOption.Settings
  let serverName: String?

  /// The peer is silent.
  var lateness: SentinelError {
    error(
      .timeout(.tls), "it accepts connections but doesn't answer TLS; perhaps it speaks plain text")
  }

  /// The peer went away. That is no verdict on anything: it may have died just then.
  var earlyEnd: SentinelError {
    error(.connection(.closed), "the server closed the connection during the TLS handshake")
  }

  /// What is wrong with a certificate that TLS itself has no objection to: it accepts one for the address
  /// that was reached, also where a name was asked for.
  func objection(to certificate: NIOSSLCertificate?) -> SentinelError? {
    guard let name = settings.serverName, settings.verification == .full,
      let bytes = try? certificate?.toDERBytes()
    else { return nil }
    let certificate = CertificateNames(der: bytes)
    // Without any alternative names it was the common name that matched, which is never an address.
    guard certificate.names != nil else { return nil }
    return certificate.include(name) ? nil : wrongName
  }

  /// The meaning of an error that TLS reports; nil where it isn't about TLS.
  func failure(
    _ cause: any Error, isHandshake: Bool, certificate: NIOSSLCertificate?
  ) -> SentinelError? {
    switch cause {
    case NIOSSLError.uncleanShutdown:
      return error(.connection(.closed), "the server closed the connection")
    case NIOSSLError.unableToValidateCertificate, NIOSSLError.noCertificateToValidate:
      return wrongName
    case let cause as NIOSSLExtraError where Self.wrongNames.contains(cause):
      return wrongName
    case NIOSSLError.handshakeFailed(let reason):
      return failure(reason, certificate)
    case let reason as BoringSSLError:
      return failure(reason, certificate)
    case is IOError where isHandshake, is ChannelError where isHandshake:
      return earlyEnd
    default:
      return isHandshake ? error(.tls, "the TLS handshake failed: \(cause)") : nil
    }
  }

  private static let wrongNames: [NIOSSLExtraError] = [
    .failedToValidateHostname, .serverHostnameImpossibleToMatch,
  ]

  private var wrongName: SentinelError {
    error(.tls, "its certificate isn't for \(serverName ?? "the address \(endpoint.host)")")
  }

  private func failure(
    _ cause: BoringSSLError, _ certificate: NIOSSLCertificate?
  ) -> SentinelError {
    guard case .sslError(let stack) = cause else {
      return error(.tls, "TLS failed: \(cause)")
    }
    guard !stack.contains(.eofDuringHandshake) else { return earlyEnd }
    let text = stack.map(\.description).joined(separator: "; ")
    return error(.tls, words(for: text, certificate))
  }

  /// The library has only the words of its error stack to tell one cause from another.
  private func words(for text: String, _ certificate: NIOSSLCertificate?) -> String {
    func isAbout(_ words: String...) -> Bool { words.contains { text.contains($0) } }
    if isAbout("CERTIFICATE_VERIFY_FAILED") {
      return certificate.flatMap(words(forDatesOf:)) ?? "its certificate isn't from \(authority)"
    }
    if isAbout("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "HTTPS_PROXY_REQUEST") {
      return "it answers TLS with plain text: no TLS is spoken there"
    }
    if isAbout("CERTIFICATE_REQUIRED") { return "it wants a client certificate" }
    if isAbout("ALERT_UNKNOWN_CA") {
      return "it refuses our client certificate: it doesn't know its authority"
    }
    if isAbout("ALERT_CERTIFICATE_EXPIRED") {
      return "it refuses our client certificate: it has expired"
    }
    if isAbout("ALERT_BAD_CERTIFICATE", "ALERT_UNSUPPORTED_CERTIFICATE", "ALERT_CERTIFICATE_") {
      return "it refuses our client certificate"
    }
    if isAbout("ALERT_PROTOCOL_VERSION", "UNSUPPORTED_PROTOCOL") {
      return "it speaks no TLS version that is still safe: 1.2 is the least"
    }
    if isAbout("UNRECOGNIZED_NAME") {
      return "it doesn't know the name \(serverName ?? endpoint.host)"
    }
    if isAbout("ALERT_HANDSHAKE_FAILURE") {
      return settings.identity == nil
        ? "it refuses the TLS handshake; perhaps it wants a client certificate"
        : "it refuses the TLS handshake"
    }
    return "TLS failed: \(text)"
  }

  private func words(forDatesOf certificate: NIOSSLCertificate) -> String? {
    let now = time(nil)
    if certificate.notValidAfter < now { return "its certificate has expired" }
    if certificate.notValidBefore > now { return "its certificate isn't valid yet" }
    return nil
  }

  private var authority: String {
    switch settings.trust {
    case .system: "an authority that this system trusts"
    case .file(let path): "the authority in \(path)"
    }
  }

  private func error(_ code: SentinelError.Code, _ message: String) -> SentinelError {
    SentinelError(code, message, endpoint: endpoint)
  }
}
