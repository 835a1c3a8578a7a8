public import SentinelModel

/// Tells who we are each time a connection is made, so that a password can change while the client runs.
///
/// Two are equal where one is a copy of the other.
public struct CredentialProvider: Hashable, Sendable {
  private final class Source: Sendable {
    let ask: @Sendable (NodeAddress) async throws -> Authentication?

    init(_ ask: @escaping @Sendable (NodeAddress) async throws -> Authentication?) {
      self.ask = ask
    }
  }

  private let source: Source

  /// A provider; it is given the server's address, and may give nil for no authentication.
  ///
  /// It should heed cancellation: whoever waits for the connection may give up.
  public init(_ ask: @escaping @Sendable (NodeAddress) async throws -> Authentication?) {
    source = Source(ask)
  }

  /// - Throws: `.authentication`, or `.cancelled`. What the provider says itself isn't passed on: it may
  ///   hold a secret.
  func authentication(for endpoint: NodeAddress) async throws(SentinelError) -> Authentication? {
    do {
      return try await source.ask(endpoint)
    } catch {
      if Task.isCancelled { throw SentinelError(.cancelled, "cancelled", endpoint: endpoint) }
      throw SentinelError(
        .authentication, "the credential provider gave nothing (\(type(of: error)))",
        endpoint: endpoint)
    }
  }

  /// Whether both are copies of one.
  public static func == (left: CredentialProvider, right: CredentialProvider) -> Bool {
    left.source === right.source
  }

  /// Hashes which one it is.
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(source)) }
}
