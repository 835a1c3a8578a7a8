import NIOCore
import NIOPosix
import RESP
import SentinelModel

/// Opens TCP connections, encrypts them where that is wanted, and puts the codec and the conversation
/// on them.
enum Dialer {
  /// Where conversations with Sentinels are led. There are few, who are asked at the same moment and
  /// say little: one thread wakes up once for all of them.
  static let sentinelLoop = MultiThreadedEventLoopGroup.singleton.next()

  /// A channel that is connected, with its handler. Tries all addresses of a name. Where another
  /// address is called than the one it goes by, certificates still have to be for the latter.
  static func dial(
    _ endpoint: NodeAddress, _ configuration: ConnectionConfiguration,
    on group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton,
    signal: @escaping @Sendable (ConnectionSignal) -> Void
  ) async throws(SentinelError) -> (any Channel, NIOLoopBound<ConversationHandler>) {
    let timeout = TimeAmount.nanoseconds(configuration.connectTimeout.inMicroseconds * 1_000)
    let deadline = NIODeadline.now() + timeout
    let tls = try TLSClient(configuration.tls, endpoint)
    let called = configuration.addressTable.reachable(endpoint)
    var bootstrap = ClientBootstrap(group: group)
      .connectTimeout(timeout)
      .channelOption(.socketOption(.tcp_nodelay), value: 1)
    for (option, value) in configuration.keepAlive?.options ?? [] {
      bootstrap = bootstrap.channelOption(option, value: value)
    }
    do {
      let (channel, handler, encrypted) = try await bootstrap.connect(
        host: called.host, port: called.port
      ) { channel in
        channel.eventLoop.makeCompletedFuture {
          let handler = ConversationHandler(endpoint: endpoint, signal: signal)
          let pipeline = channel.pipeline.syncOperations
          let encrypted = try tls?.encrypt(channel, until: deadline)
          let decoder = ConversationDecoder { handler.wantsWire }
          try pipeline.addHandler(ByteToMessageHandler(decoder))
          try pipeline.addHandler(handler)
          return (channel, NIOLoopBound(handler, eventLoop: channel.eventLoop), encrypted)
        }
      }
      try await withTaskCancellationHandler {
        try await encrypted?.get()
      } onCancel: {
        if encrypted != nil { channel.close(promise: nil) }
      }
      return (channel, handler)
    } catch let error as SentinelError {
      throw Task.isCancelled ? SentinelError(.cancelled, "cancelled", endpoint: endpoint) : error
    } catch {
      var failure = failure(error, endpoint)
      if called != endpoint { failure.message += ", called at \(called)" }
      throw failure
    }
  }

  private static func failure(_ error: any Error, _ endpoint: NodeAddress) -> SentinelError {
    switch error {
    case is CancellationError:
      return SentinelError(.cancelled, "cancelled", endpoint: endpoint)
    case let failed as NIOConnectionError:
      if let unknown = failed.dnsAError ?? failed.dnsAAAAError,
        failed.connectionErrors.isEmpty
      {
        return SentinelError(
          .connection(.unknownHost), "the host's name has no address (\(words(for: unknown)))",
          endpoint: endpoint)
      }
      if let last = failed.connectionErrors.last {
        return failure(last.error, endpoint)
      }
    case ChannelError.connectTimeout(_):
      return SentinelError(
        .timeout(.connect), "no connection in time: the host doesn't answer", endpoint: endpoint)
    case let cause as IOError where cause.errnoCode == ECONNREFUSED:
      return SentinelError(
        .connection(.refused), "connection refused: nobody listens there", endpoint: endpoint)
    case let cause as IOError
    where [EHOSTUNREACH, ENETUNREACH, EADDRNOTAVAIL].contains(cause.errnoCode):
      return SentinelError(
        .connection(.unreachable), "the host can't be reached", endpoint: endpoint)
    default: break
    }
    return SentinelError(
      .connection(.other), "connecting failed: \(words(for: error))", endpoint: endpoint)
  }

  private static func words(for error: any Error) -> String {
    (error as? IOError)?.description ?? String(describing: error)
  }
}
