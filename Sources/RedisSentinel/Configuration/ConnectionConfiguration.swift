/// How to connect to one kind of server, and how long to wait for it.
public struct ConnectionConfiguration: Hashable, Sendable {
  /// How long a connection may take, from dialling to the end of the TLS handshake.
  public var connectTimeout: Duration
  /// How long a reply may take.
  public var commandTimeout: Duration
  /// How long the reply to a command may take that waits at the server, such as `BLPOP`; nil for
  /// `commandTimeout` and the command's own time, which may be for ever.
  public var blockingCommandTimeout: Duration?
  /// Who we are; nil where the server asks for nothing.
  public var authentication: Authentication?
  /// Who tells at each connection who we are, in place of `authentication`.
  public var credentialProvider: CredentialProvider?
  /// Whether the connection is encrypted.
  public var tls: TLSOption
  /// Where to call instead of the address that the server goes by.
  package var addressTable = AddressTable()
  /// What the server shows as our name in `CLIENT LIST`.
  public var clientName: String?
  /// Which protocol to speak.
  public var protocolVersion: ProtocolVersion = .resp3OrResp2
  /// The database of a data node. Never sent to a Sentinel, which has none.
  public var database = 0
  /// Whether a data node must say that it is what it was taken for.
  public var roleVerification = RoleVerification.bestEffort
  /// Whether a replica must have its master's data, that is a link to it that stands; else one that is
  /// still copying, or cut off, is as good as any.
  public var requiresSyncedReplica = false
  /// Whether a new connection is tried with a PING before its first use.
  public var checksConnection = false
  /// How long a connection may be idle before it is tried with a PING; nil for never. One that
  /// subscriptions wait on is tried in any case, every 15 seconds where nothing is said.
  public var healthCheckInterval: Duration?
  /// How the system tries a connection on which nothing comes; nil for not at all.
  public var keepAlive: TCPKeepAlive? = TCPKeepAlive()

  /// Which protocol to speak.
  public enum ProtocolVersion: Hashable, Sendable {
    /// RESP3 where the server knows it, else RESP2.
    case resp3OrResp2
    /// RESP2 only.
    case resp2
  }

  /// Whether a data node must say what it is.
  public enum RoleVerification: Hashable, Sendable {
    /// It must; where we may not ask, the connection is refused.
    case required
    /// It must, where we may ask.
    case bestEffort
  }

  /// A configuration; by default with the time limits fit for a Sentinel, one second each.
  public init(
    connectTimeout: Duration = .seconds(1), commandTimeout: Duration = .seconds(1),
    authentication: Authentication? = nil, tls: TLSOption = .disabled, clientName: String? = nil
  ) {
    self.connectTimeout = connectTimeout
    self.commandTimeout = commandTimeout
    self.authentication = authentication
    self.tls = tls
    self.clientName = clientName
  }
}
