import NIOCore
import NIOPosix
import RESP
import SentinelModel
import Synchronization
import TestSupport

/// A scripted server on loopback, with the real codec: for what a real one can't be made to do.
final class FakeSentinel: Sendable {
  /// What the server does when a command came.
  enum Action: Sendable {
    /// These bytes, at once.
    case send(String)
    /// These bytes, each in a packet of its own.
    case drip(String)
    /// The end of the connection.
    case close
  }

  /// The words of a command, and which connection it came on, counted from 1.
  typealias Script = @Sendable (_ words: [String], _ connection: Int) -> [Action]

  let address: NodeAddress
  /// Every command that came, in order.
  let commands: AsyncStream<[String]>
  private let state = Mutex<State>(State())

  private struct State: Sendable {
    var connections: [any Channel] = []
    var accepted = 0
    var received: [[String]] = []
  }

  private init(address: NodeAddress, commands: AsyncStream<[String]>) {
    self.address = address
    self.commands = commands
  }

  /// How many connections were accepted.
  var acceptedCount: Int { state.withLock(\.accepted) }

  /// Every command that has come so far, in order.
  var received: [[String]] { state.withLock(\.received) }

  /// How many of them are open.
  var openCount: Int { state.withLock { $0.connections.count(where: \.isActive) } }

  /// Sends bytes to everybody who is connected.
  func push(_ bytes: String) {
    for channel in state.withLock(\.connections) {
      channel.writeAndFlush(ByteBuffer(string: bytes), promise: nil)
    }
  }

  /// Closes every connection; the server goes on listening.
  func hangUp() {
    for channel in state.withLock(\.connections) { channel.close(promise: nil) }
  }

  /// Runs the server as long as the body needs it.
  static func open<Result>(
    _ script: @escaping Script, _ body: (FakeSentinel) async throws -> Result
  ) async throws -> Result {
    let (commands, received) = AsyncStream.makeStream(of: [String].self)
    let box = Mutex<FakeSentinel?>(nil)
    let shared = Shared(box)
    let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.backlog, value: 64)
      .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let number = shared.fake?.admit(channel) ?? 0
          let pipeline = channel.pipeline.syncOperations
          try pipeline.addHandler(ByteToMessageHandler(RESPDecoder()))
          try pipeline.addHandler(
            Player(script, number) { words in
              shared.fake?.state.withLock { $0.received.append(words) }
              received.yield(words)
            })
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    let fake = FakeSentinel(
      address: NodeAddress(host: "127.0.0.1", port: server.localAddress?.port ?? 0),
      commands: commands)
    shared.fake = fake
    do {
      let result = try await body(fake)
      try await fake.end(server)
      return result
    } catch {
      try await fake.end(server)
      throw error
    }
  }

  private func end(_ server: any Channel) async throws {
    hangUp()
    try await server.close()
  }

  private func admit(_ channel: any Channel) -> Int {
    state.withLock { state in
      state.connections.append(channel)
      state.accepted += 1
      return state.accepted
    }
  }

  /// The server before it has a port, and after.
  private final class Shared: Sendable {
    private let box: Mutex<FakeSentinel?>
    init(_ box: consuming sending Mutex<FakeSentinel?>) { self.box = box }
    var fake: FakeSentinel? {
      get { box.withLock { $0 } }
      set { box.withLock { $0 = newValue } }
    }
  }
}

/// Plays a script on one connection.
private final class Player: ChannelInboundHandler {
  typealias InboundIn = RESPValue
  typealias OutboundOut = ByteBuffer

  private let script: FakeSentinel.Script
  private let number: Int
  private let tell: @Sendable ([String]) -> Void

  init(
    _ script: @escaping FakeSentinel.Script, _ number: Int,
    tell: @escaping @Sendable ([String]) -> Void
  ) {
    self.script = script
    self.number = number
    self.tell = tell
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let words = Self.unwrapInboundIn(data).elements?.compactMap(\.text) ?? []
    tell(words)
    for action in script(words, number) {
      switch action {
      case .send(let bytes):
        context.writeAndFlush(Self.wrapOutboundOut(ByteBuffer(string: bytes)), promise: nil)
      case .drip(let bytes):
        for byte in bytes.utf8 {
          context.writeAndFlush(Self.wrapOutboundOut(ByteBuffer(bytes: [byte])), promise: nil)
        }
      case .close:
        context.close(promise: nil)
      }
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }
}

/// The bytes of replies that scripts need.
enum Wire {
  static let ok = "+OK\r\n"

  static func bulk(_ text: String) -> String { "$\(text.utf8.count)\r\n\(text)\r\n" }

  static func array(_ texts: [String]) -> String {
    "*\(texts.count)\r\n" + texts.map(bulk).joined()
  }

  static func push(_ texts: [String]) -> String {
    ">\(texts.count)\r\n" + texts.map(bulk).joined()
  }

  static let hello =
    "%3\r\n" + bulk("version") + bulk("7.0.15") + bulk("proto") + ":3\r\n" + bulk("mode")
    + bulk("sentinel")

  static let subscribed = ">3\r\n" + bulk("psubscribe") + bulk("*") + ":1\r\n"

  static func map(_ fields: [(String, String)]) -> String {
    "%\(fields.count)\r\n" + fields.map { bulk($0.0) + bulk($0.1) }.joined()
  }

  static func master(
    _ name: String = "mymaster", port: Int = 6379, flags: String = "master", others: Int = 2,
    extra: [(String, String)] = []
  ) -> String {
    map(
      [
        ("name", name), ("ip", "127.0.0.1"), ("port", "\(port)"), ("flags", flags),
        ("num-other-sentinels", "\(others)"), ("num-slaves", "0"), ("quorum", "2"),
      ] + extra)
  }
}
