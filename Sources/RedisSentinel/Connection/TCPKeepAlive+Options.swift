import NIOCore
import NIOPosix

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

extension TCPKeepAlive {
  /// The options of a socket that say so.
  var options: [(option: ChannelOptions.Types.SocketOption, value: Int)] {
    #if canImport(Darwin)
      let idleName = TCP_KEEPALIVE
    #else
      let idleName = TCP_KEEPIDLE
    #endif
    return [
      (.init(level: .socket, name: .so_keepalive), 1),
      (.init(level: .tcp, name: .init(rawValue: idleName)), Self.seconds(idle)),
      (.init(level: .tcp, name: .init(rawValue: TCP_KEEPINTVL)), Self.seconds(interval)),
      (.init(level: .tcp, name: .init(rawValue: TCP_KEEPCNT)), max(1, probes)),
    ]
  }

  private static func seconds(_ time: Duration) -> Int {
    Int(clamping: max(1, time.components.seconds))
  }
}
