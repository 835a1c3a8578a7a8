import NIOCore
import NIOSSL
import NIOTLS
import SentinelModel

/// Waits for the end of the TLS handshake, and puts whatever goes wrong with TLS into words.
///
/// Stands behind TLS in the channel. All of it but `finished` runs on the channel's event loop.
final class TLSHandshake: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let promise: EventLoopPromise<Void>
  private let tls: NIOSSLClientHandler
  private let explainer: TLSExplainer
  private let deadline: NIODeadline
  private var timer: Scheduled<Void>?
  private var isOver = false

  init(
    _ loop: any EventLoop, _ tls: NIOSSLClientHandler, explainer: TLSExplainer,
    deadline: NIODeadline
  ) {
    promise = loop.makePromise()
    self.tls = tls
    self.explainer = explainer
    self.deadline = deadline
  }

  /// Kept when both sides have agreed; fails with a `SentinelError`.
  var finished: EventLoopFuture<Void> { promise.futureResult }

  func channelActive(context: ChannelHandlerContext) {
    timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) {
      self.end(self.explainer.lateness)
      context.close(promise: nil)
    }
    context.fireChannelActive()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case TLSUserEvent.handshakeCompleted? = event as? TLSUserEvent {
      let failure = explainer.objection(to: tls.peerCertificate)
      end(failure)
      if failure != nil { context.close(promise: nil) }
    }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    let failure = explainer.failure(error, isHandshake: !isOver, certificate: tls.peerCertificate)
    end(failure)
    context.fireErrorCaught(failure ?? error)
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    end(explainer.earlyEnd)
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    // A connection that never came about: nobody listens any more, but a promise is a promise.
    end(explainer.earlyEnd)
  }

  private func end(_ failure: SentinelError?) {
    guard !isOver else { return }
    isOver = true
    timer?.cancel()
    if let failure { promise.fail(failure) } else { promise.succeed() }
  }
}
