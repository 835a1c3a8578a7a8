#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Ports of 127.0.0.1 where nobody listens, at the moment of asking.
package enum FreePorts {
  /// Takes ascending ports from a random one on, so that a lab reads well and two labs don't meet.
  ///
  /// They lie below the range from which the kernel takes the ports of outgoing connections: a
  /// Sentinel that keeps calling a dead node in that range reaches itself one day, and its port
  /// is then taken when the node comes back.
  package static func find(_ count: Int) throws -> [Int] {
    let range = 20_000..<32_000
    let start = Int.random(in: range)
    var ports: [Int] = []
    for port in Array(start..<range.upperBound) + Array(range.lowerBound..<start)
    where ports.count < count {
      if isFree(port) { ports.append(port) }
    }
    guard ports.count == count else { throw LabError.noPorts }
    return ports.sorted()
  }

  /// Whether a server could bind the port now.
  static func isFree(_ port: Int) -> Bool {
    guard let port = UInt16(exactly: port) else { return false }
    #if os(Linux)
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    // As servers do: the rests of closed connections don't count, a listener still does.
    var yes: Int32 = 1
    setsockopt(
      descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout.size(ofValue: yes)))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    return withUnsafePointer(to: address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(descriptor, pointer, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }
}
