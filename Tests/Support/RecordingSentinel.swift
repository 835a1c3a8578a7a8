import NIOCore
import NIOPosix
import RESP
import Synchronization

/// A server on loopback that answers as a Sentinel with one service does, and writes down every
/// command that comes: to prove what leaves, and what doesn't.
package final class RecordingSentinel: Sendable {
  /// The port on 127.0.0.1.
  package let port: Int
  private let commands: Commands

  private init(port: Int, _ commands: Commands) {
    self.port = port
    self.commands = commands
  }

  /// Every command that has come so far, in order.
  package var received: [[String]] { commands.all }

  /// Runs that many, which know each other, as long as the body needs them.
  package static func open<Result>(
    _ count: Int, service: String, masterPort: Int = 6379,
    _ body: ([RecordingSentinel]) async throws -> Result
  ) async throws -> Result {
    let cast = Cast(service: service, masterPort: masterPort)
    var channels: [any Channel] = []
    var servers: [RecordingSentinel] = []
    for number in 1...count {
      let commands = Commands()
      let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .childChannelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(ByteToMessageHandler(RESPDecoder()))
            try pipeline.addHandler(Clerk(number, cast, commands))
          }
        }
        .bind(host: "127.0.0.1", port: 0).get()
      channels.append(channel)
      servers.append(RecordingSentinel(port: channel.localAddress?.port ?? 0, commands))
    }
    cast.admit(servers.map(\.port))
    do {
      let result = try await body(servers)
      for channel in channels { try await channel.close() }
      return result
    } catch {
      for channel in channels { try? await channel.close() }
      throw error
    }
  }

  fileprivate final class Commands: Sendable {
    private let state = Mutex<[[String]]>([])
    var all: [[String]] { state.withLock { $0 } }
    func add(_ words: [String]) { state.withLock { $0.append(words) } }
  }

  /// Who there is, once all have a port.
  fileprivate final class Cast: Sendable {
    let service: String
    let masterPort: Int
    private let ports = Mutex<[Int]>([])

    init(service: String, masterPort: Int) {
      self.service = service
      self.masterPort = masterPort
    }

    func admit(_ ports: [Int]) { self.ports.withLock { $0 = ports } }
    var all: [Int] { ports.withLock { $0 } }
  }
}

/// Writes down what comes on one connection, and answers it.
private final class Clerk: ChannelInboundHandler {
  typealias InboundIn = RESPValue
  typealias OutboundOut = ByteBuffer

  private let number: Int
  private let cast: RecordingSentinel.Cast
  private let commands: RecordingSentinel.Commands

  init(_ number: Int, _ cast: RecordingSentinel.Cast, _ commands: RecordingSentinel.Commands) {
    self.number = number
    self.cast = cast
    self.commands = commands
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let words = Self.unwrapInboundIn(data).elements?.compactMap(\.text) ?? []
    commands.add(words)
    context.writeAndFlush(Self.wrapOutboundOut(ByteBuffer(string: reply(words))), promise: nil)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  private func reply(_ words: [String]) -> String {
    switch words.first?.uppercased() {
    case "HELLO":
      return map([("version", "7.0.15"), ("mode", "sentinel")], and: bulk("proto") + ":3\r\n")
    case "PSUBSCRIBE": return ">3\r\n" + bulk("psubscribe") + bulk("*") + ":1\r\n"
    case "INFO": return bulk("redis_version:7.0.15\r\nredis_mode:sentinel\r\nsentinel_tilt:0\r\n")
    case "SENTINEL": return sentinelReply(words.dropFirst().first?.uppercased() ?? "")
    default: return "+OK\r\n"
    }
  }

  private func sentinelReply(_ word: String) -> String {
    switch word {
    case "MYID": bulk(id(number))
    case "MASTERS": "*1\r\n" + master
    case "MASTER": master
    case "REPLICAS", "SLAVES": "*1\r\n" + replica
    case "SENTINELS": others
    case "GET-MASTER-ADDR-BY-NAME":
      "*2\r\n" + bulk("127.0.0.1") + bulk("\(cast.masterPort)")
    case "INFO-CACHE", "PENDING-SCRIPTS": "*0\r\n"
    case "CONFIG": map([("resolve-hostnames", "yes"), ("announce-hostnames", "yes")])
    case "CKQUORUM":
      "+OK \(cast.all.count) usable Sentinels. Quorum and failover authorization can be reached\r\n"
    case "RESET": ":1\r\n"
    default: "+OK\r\n"
    }
  }

  private var master: String {
    map([
      ("name", cast.service), ("ip", "127.0.0.1"), ("port", "\(cast.masterPort)"),
      ("flags", "master"), ("num-other-sentinels", "\(cast.all.count - 1)"), ("num-slaves", "1"),
      ("quorum", "2"), ("down-after-milliseconds", "5000"), ("failover-timeout", "60000"),
      ("parallel-syncs", "1"), ("config-epoch", "1"),
    ])
  }

  private var replica: String {
    map([
      ("name", "127.0.0.1:6380"), ("ip", "127.0.0.1"), ("port", "6380"), ("flags", "slave"),
      ("role-reported", "slave"), ("master-link-status", "ok"), ("master-host", "127.0.0.1"),
      ("master-port", "\(cast.masterPort)"), ("slave-priority", "100"), ("info-refresh", "100"),
      ("slave-repl-offset", "100"),
    ])
  }

  private var others: String {
    let entries = cast.all.enumerated().filter { $0.offset + 1 != number }.map { index, port in
      map([
        ("name", id(index + 1)), ("ip", "127.0.0.1"), ("port", "\(port)"),
        ("runid", id(index + 1)), ("flags", "sentinel"),
      ])
    }
    return "*\(entries.count)\r\n" + entries.joined()
  }

  private func id(_ number: Int) -> String { String(repeating: "\(number)", count: 40) }

  private func bulk(_ text: String) -> String { "$\(text.utf8.count)\r\n\(text)\r\n" }

  private func map(_ fields: [(String, String)], and more: String = "") -> String {
    "%\(fields.count + (more.isEmpty ? 0 : 1))\r\n"
      + fields.map { bulk($0.0) + bulk($0.1) }.joined() + more
  }
}
