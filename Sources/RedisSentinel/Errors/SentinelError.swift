public import SentinelModel

/// The one error of this library: what went wrong, at whom, and what led to it.
///
/// Never holds a password.
public struct SentinelError: Error, Hashable, Sendable {
  /// What went wrong.
  public var code: Code
  /// The same in words.
  public var message: String
  /// The server it happened with.
  public var endpoint: NodeAddress?
  /// The service it is about.
  public var service: ServiceName?
  /// The server's own words, where it answered.
  public var serverError: ServerError?
  /// Whether the command's bytes had left, so that it may have been carried out.
  public var mayHaveExecuted = false
  /// How often it was tried; this is what became of it the last time.
  public var attempts = 1
  /// What each server that was tried before had said, and why the attempts before had failed.
  public var underlying: [SentinelError] = []

  /// An error by its parts.
  public init(
    _ code: Code, _ message: String, endpoint: NodeAddress? = nil, service: ServiceName? = nil,
    serverError: ServerError? = nil, underlying: [SentinelError] = []
  ) {
    self.code = code
    self.message = message
    self.endpoint = endpoint
    self.service = service
    self.serverError = serverError
    self.underlying = underlying
  }

  /// What can go wrong.
  public enum Code: Hashable, Sendable {
    /// A configuration or an argument makes no sense; nothing was sent.
    case invalidConfiguration
    /// No connection, or it ended.
    case connection(ConnectionFailure)
    /// No answer in time.
    case timeout(Phase)
    /// TLS can't be agreed on: a certificate that isn't believed, or a peer that doesn't speak it.
    case tls
    /// User name or password are missing, wrong, or not wanted.
    case authentication
    /// The user lacks a permission; `serverError` names it.
    case forbidden
    /// The peer sends what is no RESP, or an answer of the wrong shape.
    case protocolViolation
    /// The peer is a Redis server, but no Sentinel.
    case notASentinel
    /// No Sentinel gave an acceptable address of the master.
    case masterNotFound(MasterNotFoundReason)
    /// No replica could be had, nor the master in its place.
    case replicaNotFound
    /// Not one Sentinel could be asked.
    case sentinelsUnreachable
    /// The peer is a Sentinel, but a data node was wanted.
    case notADataNode
    /// The node is not what it was taken for: a replica instead of a master, or the reverse.
    case roleMismatch
    /// The node can't take writes: it is no longer the master.
    case readOnly
    /// The node is loading its data.
    case loading
    /// The replica has lost its master and is told not to serve old data.
    case masterDown
    /// The replica hasn't its master's data, which `requiresSyncedReplica` asks for.
    case notSynced
    /// The service has moved to another node while this was under way.
    case connectionRetired
    /// All connections of the pool were lent, for as long as one may wait.
    case poolExhausted
    /// A command of a transaction was refused, so none was carried out; `underlying` says which.
    case transactionAborted
    /// What was watched has changed: the transaction was not carried out.
    case transactionInvalidated
    /// `INPROG`: a failover runs already.
    case failoverInProgress
    /// `NOGOODSLAVE`: there is no replica that could be promoted.
    case noGoodReplica
    /// The failover was given up: the master is the one that it was before.
    case failoverAborted
    /// The Sentinel monitors that service already, at that address.
    case alreadyMonitored
    /// Any other error reply.
    case server
    /// Some Sentinels did it, and some didn't.
    case partialFailure
    /// The caller gave up.
    case cancelled
    /// The client was shut down.
    case clientShutDown
  }

  /// How a connection can fail.
  public enum ConnectionFailure: Hashable, Sendable {
    /// Nobody listens there.
    case refused
    /// There is no way to that host.
    case unreachable
    /// The host's name has no address.
    case unknownHost
    /// The peer closed the connection.
    case closed
    /// Reading failed.
    case read
    /// Writing failed: the bytes didn't leave whole.
    case write
    /// The server has as many clients as it allows.
    case tooManyClients
    /// Anything else.
    case other
  }

  /// What it was that took too long.
  public enum Phase: String, Hashable, Sendable {
    /// Opening the TCP connection.
    case connect
    /// Agreeing on TLS.
    case tls
    /// The first commands on a connection: who we are, what the server is.
    case handshake
    /// The reply to a command.
    case command
    /// Finding a service's nodes, at all Sentinels together.
    case discovery
    /// Waiting for the end of a failover that was asked for.
    case failover
  }

  /// Why no master was found.
  public enum MasterNotFoundReason: Hashable, Sendable {
    /// All Sentinels that answered don't know the service.
    case unknownService
    /// The master is down in the eyes of all Sentinels that answered.
    case masterDown
    /// The Sentinels know too few others.
    case tooFewPeers
    /// The node that the Sentinels name says that it is no master.
    case roleMismatch
    /// No address is named by more than half of the Sentinels.
    case noMajority
    /// Several of these.
    case mixed
  }

  /// Whether it is about reaching somebody, so that trying again later may help.
  public var isConnectionFailure: Bool {
    switch code {
    case .connection, .timeout, .masterNotFound, .replicaNotFound, .sentinelsUnreachable, .loading,
      .poolExhausted, .connectionRetired, .roleMismatch, .notSynced:
      true
    default: false
    }
  }

  /// Whether a server said so itself.
  public var isServerReply: Bool { serverError != nil }
}

extension SentinelError: CustomStringConvertible {
  /// The endpoint and the message; beneath, what each server that was tried had said.
  public var description: String {
    var text = endpoint.map { "\($0): \(message)" } ?? message
    for error in underlying {
      text += "\n  \(error.endpoint.map { "\($0) – " } ?? "")\(error.message)"
    }
    return text
  }
}

extension SentinelError {
  /// What an error reply means.
  package init(_ error: ServerError, endpoint: NodeAddress?) {
    let code: Code
    var message = error.text
    switch error.prefix {
    case "NOAUTH":
      code = .authentication
      message = "a password is required (NOAUTH)"
    case "WRONGPASS":
      code = .authentication
      message = "wrong user name or password (WRONGPASS)"
    case "NOPERM":
      code = .forbidden
      message =
        switch error.missingPermission {
        case "channels"?: "the user may not subscribe to these channels; the ACL lacks &*"
        case let rule?: "the user lacks the permission +\(rule)"
        case nil: error.text
        }
    case "DENIED":
      code = .authentication
      message = "the server is in protected mode: it takes connections from its own host only"
    case "READONLY", "REDIRECT": code = .readOnly
    case "LOADING": code = .loading
    case "MASTERDOWN": code = .masterDown
    case "UNBLOCKED": code = .connectionRetired
    case "INPROG": code = .failoverInProgress
    case "NOGOODSLAVE": code = .noGoodReplica
    default:
      if error.isTooManyClients {
        code = .connection(.tooManyClients)
      } else if error.isReadOnly {
        code = .readOnly
      } else if error.isNoPasswordSet {
        code = .authentication
        message = "a password was given, but the server has none set"
      } else if error.isUnknownService {
        code = .masterNotFound(.unknownService)
      } else {
        code = .server
      }
    }
    self.init(code, message, endpoint: endpoint, serverError: error)
  }

  func about(_ service: ServiceName?) -> SentinelError {
    var error = self
    error.service = error.service ?? service
    return error
  }
}
