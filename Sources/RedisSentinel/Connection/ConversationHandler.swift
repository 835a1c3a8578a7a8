import NIOCore
import NIOPosix
package import RESP
import SentinelModel

/// Performs a conversation on a channel: writes calls, reads replies, keeps their deadlines.
///
/// All of it runs on the channel's event loop.
final class ConversationHandler: ChannelInboundHandler {
  typealias InboundIn = ReceivedReply
  typealias OutboundOut = ByteBuffer

  private var machine = ConversationMachine<Reply>()
  private var context: ChannelHandlerContext?
  /// The next look at what is overdue: never after the first deadline, often before it.
  private var look: (at: NIODeadline, task: Scheduled<Void>)?
  private var isFlushDue = false
  /// Why the conversation ended; nil while it goes on.
  private var fault: SentinelError?
  private let endpoint: NodeAddress
  private let signal: @Sendable (ConnectionSignal) -> Void
  /// What is kept back until the handshake is done; nil from then on. Of a connection that doesn't get
  /// so far nobody hears but who asked for it.
  private var held: [ConnectionSignal]? = []

  /// The place of one reply among those that its caller waits for.
  private struct Reply {
    var collector: ReplyCollector
    var index: Int
  }

  init(endpoint: NodeAddress, signal: @escaping @Sendable (ConnectionSignal) -> Void) {
    self.endpoint = endpoint
    self.signal = signal
  }

  /// Whether the reply that comes next is wanted as it comes.
  var wantsWire: Bool { machine.wantsWire }

  /// Writes the commands in one go; their replies go to the collector.
  func send(
    _ bytes: ByteBuffer, expecting: [Expectation], id: Int,
    timeout: TimeAmount, to collector: ReplyCollector
  ) {
    guard let context, fault == nil else {
      collector.fail(fault ?? error(.connection(.closed), "the connection is closed"))
      return
    }
    let deadline = NIODeadline.now() + timeout
    for (index, expectation) in expecting.enumerated() {
      machine.sent(
        Reply(collector: collector, index: index), id: id, expects: expectation, by: deadline)
    }
    let written = context.eventLoop.makePromise(of: Void.self)
    // A promise that is kept means that every byte was handed to the system, so the command may be
    // carried out; one that fails means that the server can't have read it whole.
    written.futureResult.assumeIsolated().whenSuccess { collector.isWritten = true }
    context.write(Self.wrapOutboundOut(bytes), promise: written)
    flushSoon(context)
    lookForOverdue(at: deadline)
  }

  /// Behind what is queued on the loop already: calls that come together leave together.
  private func flushSoon(_ context: ChannelHandlerContext) {
    guard !isFlushDue else { return }
    isFlushDue = true
    context.eventLoop.assumeIsolated().execute {
      self.isFlushDue = false
      self.context?.flush()
    }
  }

  /// The caller has given up; its replies will be dropped when they come.
  func abandon(_ id: Int) {
    for reply in machine.abandon(id) {
      reply.collector.fail(error(.cancelled, "cancelled"))
    }
  }

  /// The handshake is done: signals go out from now on.
  func introduced() {
    for signal in held ?? [] { self.signal(signal) }
    held = nil
  }

  func hangUp(_ reason: SentinelError?) {
    end(with: reason ?? error(.connection(.closed), "the connection was closed by us"))
  }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    self.context = nil
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let value: RESPValue
    switch Self.unwrapInboundIn(data) {
    case .value(let read): value = read
    case .wire(let wire):
      guard let reply = machine.receivedWire() else { return }
      return reply.collector.take(.wire(wire), at: reply.index)
    }
    switch machine.received(value) {
    case .answer(let reply, let value):
      reply.collector.take(.value(value), at: reply.index)
    case .deliver(let elements):
      tell(.push(elements))
    case .drop:
      break
    case .hangUp:
      end(with: error(.protocolViolation, "it sent a reply that nobody asked for"))
    }
  }

  func errorCaught(context: ChannelHandlerContext, error cause: any Error) {
    let failure: SentinelError
    switch cause {
    case let known as SentinelError:
      failure = known
    case let bad as RESPError where bad.reason == .truncated:
      failure = error(.connection(.closed), "the connection ended in the middle of a reply")
    case let bad as RESPError:
      failure = error(.protocolViolation, "this is no Redis reply: \(bad)")
    case let reset as IOError where reset.errnoCode == ECONNRESET:
      failure = error(.connection(.read), "the server broke off the connection")
    default:
      failure = error(.connection(.read), "reading failed: \(Self.words(for: cause))")
    }
    end(with: failure)
  }

  func channelInactive(context: ChannelHandlerContext) {
    end(with: error(.connection(.closed), "the server closed the connection"))
    context.fireChannelInactive()
  }

  private func end(with failure: SentinelError) {
    guard fault == nil else { return }
    fault = failure
    look?.task.cancel()
    look = nil
    // Before anybody is told: who is may call again at once, and has to know that this is over.
    tell(.closed(failure))
    for reply in machine.ended() { reply.collector.fail(failure) }
    context?.close(promise: nil)
  }

  private func tell(_ signal: ConnectionSignal) {
    if held != nil { held?.append(signal) } else { self.signal(signal) }
  }

  /// Looks at the deadline, or before. A look that finds nothing overdue is cheaper than to move it
  /// with every reply.
  private func lookForOverdue(at deadline: NIODeadline) {
    guard let context, fault == nil else { return }
    if let look, look.at <= deadline { return }
    look?.task.cancel()
    let task = context.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) {
      self.look = nil
      guard let next = self.machine.nextDeadline else { return }
      if next <= .now() {
        self.end(with: self.error(.timeout(.command), "no answer in time"))
      } else {
        self.lookForOverdue(at: next)
      }
    }
    look = (deadline, task)
  }

  private func error(_ code: SentinelError.Code, _ message: String) -> SentinelError {
    SentinelError(code, message, endpoint: endpoint)
  }

  private static func words(for error: any Error) -> String {
    (error as? IOError)?.description ?? String(describing: error)
  }
}

/// What a connection says without being asked.
package enum ConnectionSignal: Sendable {
  /// A message that answers no command.
  case push([RESPValue])
  /// The conversation is over. Comes once, as the last signal.
  case closed(SentinelError)
}
