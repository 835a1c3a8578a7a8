import NIOCore
import NIOSSL

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The files that a TLS configuration names, in the state in which they were seen.
struct TLSFiles: Equatable {
  /// What is wrong with a file.
  struct Trouble: Error {
    var words: String
  }

  private struct Stamp: Equatable {
    var number: UInt64
    var size: Int64
    var seconds: Int
    var nanoseconds: Int
  }

  private let stamps: [Stamp?]

  init(of settings: TLSOption.Settings) {
    var paths: [String] = []
    if case .file(let path) = settings.trust { paths.append(path) }
    if let identity = settings.identity { paths += [identity.certificateFile, identity.keyFile] }
    stamps = paths.map(Self.stamp)
  }

  /// A context with all that the files hold.
  static func context(for settings: TLSOption.Settings) throws(Trouble) -> NIOSSLContext {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.minimumTLSVersion = .tlsv12
    // A peer that is frozen would keep a closed connection open for so long.
    configuration.shutdownTimeout = .seconds(1)
    if case .file(let path) = settings.trust {
      configuration.trustRoots = .certificates(
        try read(path, "the CA file") { try NIOSSLCertificate.fromPEMFile(path) })
    }
    configuration.certificateVerification =
      switch settings.verification {
      case .full: .fullVerification
      case .withoutServerName: .noHostnameVerification
      case .none: .none
      }
    if let identity = settings.identity {
      configuration.certificateChain = try read(
        identity.certificateFile, "the client certificate"
      ) {
        try NIOSSLCertificate.fromPEMFile(identity.certificateFile).map { .certificate($0) }
      }
      configuration.privateKey = .privateKey(try key(of: identity))
    }
    do {
      return try NIOSSLContext(configuration: configuration)
    } catch {
      guard let identity = settings.identity else {
        throw Trouble(words: "TLS can't be set up: \(error)")
      }
      throw Trouble(
        words: "the key \(identity.keyFile) doesn't belong to the certificate "
          + identity.certificateFile)
    }
  }

  private static func key(of identity: TLSOption.Identity) throws(Trouble) -> NIOSSLPrivateKey {
    // With a password that is none, one that is encrypted fails instead of asking at the terminal.
    let password = Array((identity.keyPassword ?? "").utf8)
    let hint = identity.keyPassword == nil ? "it may need a password" : "the password may be wrong"
    return try read(identity.keyFile, "the client certificate's key", hint) {
      try NIOSSLPrivateKey(file: identity.keyFile, format: .pem) { $0(password) }
    }
  }

  private static func read<Content>(
    _ path: String, _ what: String, _ hint: String? = nil, _ content: () throws -> Content
  ) throws(Trouble) -> Content {
    guard access(path, R_OK) == 0 else {
      throw Trouble(words: "\(what) \(path) can't be read: \(String(cString: strerror(errno)))")
    }
    do {
      return try content()
    } catch {
      let hint = hint.map { ", or \($0)" } ?? ""
      throw Trouble(words: "\(what) \(path) holds nothing of that kind in PEM form\(hint)")
    }
  }

  private static func stamp(_ path: String) -> Stamp? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    #if canImport(Darwin)
      let changed = status.st_mtimespec
    #else
      let changed = status.st_mtim
    #endif
    return Stamp(
      number: UInt64(status.st_ino), size: Int64(status.st_size), seconds: changed.tv_sec,
      nanoseconds: changed.tv_nsec)
  }
}
