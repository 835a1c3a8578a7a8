#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The temporary directory of a lab, which only its owner can enter; gone when the lab is.
struct LabDirectory: Sendable {
  let path: String
  private let keeper: Keeper

  /// Where it is made: the system's temporary directory, but for tests.
  @TaskLocal static var parent: String = {
    let named = getenv("TMPDIR").map { String(cString: $0) } ?? ""
    return named.isEmpty ? "/tmp" : named
  }()

  /// Made by the one who will remove it, so that there is no moment in which nobody would.
  static func make() async throws -> LabDirectory {
    let (words, continuation) = AsyncStream<String>.makeStream()
    let keeper = Keeper(script: Keeper.directory, arguments: [Self.parent]) { sign in
      switch sign {
      case .said(let line): continuation.yield(line)
      case .ended: continuation.finish()
      case .started, .sent: break
      }
    }
    for await path in words where path.hasPrefix("/") {
      return LabDirectory(path: path, keeper: keeper)
    }
    keeper.letGo()
    await keeper.ended()
    try Task.checkCancellation()
    throw LabError.noDirectory("'\(Self.parent)' can't be written to")
  }

  /// Where a node keeps what it keeps.
  func folder(of node: String) -> String { path + "/" + node }

  /// Writes a node's configuration into a folder of its own, and returns the file's path.
  func store(_ configuration: ServerConfiguration, for node: String) throws -> String {
    let folder = folder(of: node)
    guard mkdir(folder, 0o700) == 0 else {
      throw LabError.noDirectory("\(folder): \(Self.lastError)")
    }
    let path = folder + "/server.conf"
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw LabError.noDirectory("\(path): \(Self.lastError)") }
    defer { close(descriptor) }
    var rest = Array(configuration.text.utf8)[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      guard written > 0 else { throw LabError.noDirectory("\(path): \(Self.lastError)") }
      rest = rest.dropFirst(written)
    }
    return path
  }

  /// Removes it with all that is in it; returns when that is done.
  func remove() async {
    keeper.letGo()
    await keeper.ended()
  }

  private static var lastError: String { String(cString: strerror(errno)) }
}
