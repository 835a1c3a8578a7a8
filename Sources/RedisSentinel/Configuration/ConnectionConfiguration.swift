/// How to connect to one kind of server, and how long to wait for it.
public struct ConnectionConfiguration: Hashable, Sendable {
  /// How long a TCP connection may take.
  public var connectTimeout: Duration
  /// How long a reply may take.
  public var commandTimeout: Duration
  /// Who we are; nil where the server asks for nothing.
  public var authentication: Authentication?
  /// What the server shows as our name in `CLIENT LIST`.
  public var clientName: String?
  /// Which protocol to speak.
  public var protocolVersion: ProtocolVersion = .resp3OrResp2

  /// Which protocol to speak.
  public enum ProtocolVersion: Hashable, Sendable {
    /// RESP3 where the server knows it, else RESP2.
    case resp3OrResp2
    /// RESP2 only.
    case resp2
  }

  /// A configuration; by default with the time limits fit for a Sentinel, one second each.
  public init(
    connectTimeout: Duration = .seconds(1), commandTimeout: Duration = .seconds(1),
    authentication: Authentication? = nil, clientName: String? = nil
  ) {
    self.connectTimeout = connectTimeout
    self.commandTimeout = commandTimeout
    self.authentication = authentication
    self.clientName = clientName
  }
}
