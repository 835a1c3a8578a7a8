import Foundation

/// What `/proc` knows of processes that may not be ours.
enum Processes {
  /// Whether there is one that could still do something; one that only waits to be reaped can't.
  static func isAlive(_ pid: Int32) -> Bool {
    guard let fields = fields(of: pid) else { return false }
    return fields[0] != "Z" && fields[0] != "X"
  }

  static func isStopped(_ pid: Int32) -> Bool { fields(of: pid)?[0] == "T" }

  /// The living processes that this one started, theirs too.
  static func descendants(of pid: Int32) -> [Int32] {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    let pids = all.compactMap { Int32($0) }.filter(isAlive)
    var found = [pid]
    var next = 0
    while next < found.count {
      let parent = found[next]
      found += pids.filter { fields(of: $0).map { Int32($0[1]) } == parent }
      next += 1
    }
    return Array(found.dropFirst())
  }

  /// The words with which it was started, each ended by a zero; servers rewrite theirs.
  static func commandLine(of pid: Int32) -> String {
    contents(of: "/proc/\(pid)/cmdline")
  }

  /// How many sizes a window takes in a row: `STORM_SIZES`.
  static var storms: Int {
    ProcessInfo.processInfo.environment["STORM_SIZES"].flatMap { Int($0) } ?? 40
  }

  /// The program beside these tests that they are about.
  static var sentop: String { built("sentop") }

  /// Another program that was built beside these tests.
  static func built(_ name: String) -> String {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return URL(filePath: own).deletingLastPathComponent().appending(path: name).path
  }

  /// The fields of `/proc/PID/stat` after the name, which may hold anything.
  private static func fields(of pid: Int32) -> [Substring]? {
    let text = contents(of: "/proc/\(pid)/stat")
    guard let end = text.lastIndex(of: ")") else { return nil }
    let fields = text[text.index(after: end)...].split(separator: " ")
    return fields.count > 2 ? fields : nil
  }

  private static func contents(of path: String) -> String {
    guard let file = FileHandle(forReadingAtPath: path) else { return "" }
    defer { try? file.close() }
    return String(decoding: (try? file.readToEnd()) ?? Data(), as: UTF8.self)
  }
}
