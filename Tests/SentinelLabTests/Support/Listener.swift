import Testing

@testable import SentinelLab

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Somebody else who listens on a free port of 127.0.0.1 until it is closed.
struct Listener {
  let port: Int
  private let descriptor: Int32

  init() throws {
    // Others who look for free ports hold each for a moment.
    for port in try FreePorts.find(20) {
      #if os(Linux)
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      #else
        let descriptor = socket(AF_INET, SOCK_STREAM, 0)
      #endif
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = UInt16(port).bigEndian
      address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
      let isBound = withUnsafePointer(to: address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
          bind(descriptor, pointer, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
        }
      }
      if isBound, listen(descriptor, 1) == 0 {
        self.port = port
        self.descriptor = descriptor
        return
      }
      _ = closeDescriptor(descriptor)
    }
    throw LabError.noPorts
  }

  func close() {
    shutdown(descriptor, Int32(SHUT_RDWR))
    _ = closeDescriptor(descriptor)
  }
}

private let closeDescriptor = close
