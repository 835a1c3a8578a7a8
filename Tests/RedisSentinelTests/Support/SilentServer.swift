import NIOCore
import NIOPosix
import SentinelModel

/// A server on loopback that takes connections and listens to nobody.
enum SilentServer {
  /// Runs it as long as the body needs it; with words, it says them to all who come.
  static func open<Result>(
    saying words: String? = nil, _ body: (NodeAddress) async throws -> Result
  ) async throws -> Result {
    let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        if let words { channel.writeAndFlush(ByteBuffer(string: words), promise: nil) }
        return channel.eventLoop.makeSucceededVoidFuture()
      }
      .bind(host: "127.0.0.1", port: 0).get()
    defer { server.close(promise: nil) }
    return try await body(
      NodeAddress(host: "127.0.0.1", port: server.localAddress?.port ?? 0))
  }
}
