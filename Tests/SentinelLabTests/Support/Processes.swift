import Testing

@testable import SentinelLab

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What `/proc` knows of processes that may not be ours.
enum Processes {
  /// Whether there is one that could still do something; one that only waits to be reaped can't.
  static func isAlive(_ pid: Int32) -> Bool {
    guard let fields = fields(of: pid) else { return false }
    return fields[0] != "Z" && fields[0] != "X"
  }

  static func isStopped(_ pid: Int32) -> Bool { fields(of: pid)?[0] == "T" }

  static func parent(of pid: Int32) -> Int32? { fields(of: pid).flatMap { Int32($0[1]) } }

  static func session(of pid: Int32) -> Int32 { getsid(pid) }

  static func children(of pid: Int32) -> [Int32] {
    names(in: "/proc").compactMap { Int32($0) }.filter { parent(of: $0) == pid }
  }

  /// The shell that waits beside a server; the server may have other children, that save.
  static func shells(besides pid: Int32) -> [Int32] {
    children(of: pid).filter { commandLine(of: $0).contains("sentop-keeper") }
  }

  static func commandLine(of pid: Int32) -> String {
    contents(of: "/proc/\(pid)/cmdline") ?? ""
  }

  /// The processes with these words in their command lines.
  static func named(by words: String) -> [Int32] {
    names(in: "/proc").compactMap { Int32($0) }.filter { commandLine(of: $0).contains(words) }
  }

  /// The pipes that it has open, as `pipe:[123]`.
  static func pipes(of pid: Int32) -> Set<String> {
    let folder = "/proc/\(pid)/fd/"
    return Set(
      names(in: folder).compactMap { target(of: folder + $0) }.filter { $0.hasPrefix("pipe") })
  }

  /// Where a descriptor of a process leads.
  static func target(of link: String) -> String? {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink(link, &buffer, buffer.count)
    return count > 0
      ? String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self) : nil
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  static func mode(of path: String) -> UInt32? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o777 : nil
  }

  /// Removes a file, or a folder that is empty.
  static func remove(_ path: String) { _ = removeFile(path) }

  /// A program that was built beside these tests.
  static func program(_ name: String) -> String {
    let own = target(of: "/proc/self/exe") ?? ""
    return own.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" } + "/" + name
  }

  static func kill(_ pid: Int32) { _ = sendSignal(pid, SIGKILL) }

  static func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      names.append(
        withUnsafePointer(to: entry.pointee.d_name) { pointer in
          pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        })
    }
    return names.filter { $0 != "." && $0 != ".." }
  }

  static func contents(of path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var buffer = [UInt8](repeating: 0, count: 65536)
    let count = fread(&buffer, 1, buffer.count, file)
    return String(decoding: buffer[..<count], as: UTF8.self)
  }

  /// The fields of `/proc/PID/stat` after the name, which may hold anything.
  private static func fields(of pid: Int32) -> [Substring]? {
    guard let text = contents(of: "/proc/\(pid)/stat"), let end = text.lastIndex(of: ")") else {
      return nil
    }
    let fields = text[text.index(after: end)...].split(separator: " ")
    return fields.count > 2 ? fields : nil
  }
}

private let sendSignal = kill
private let removeFile = remove
