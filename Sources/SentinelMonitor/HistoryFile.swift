import Dispatch
package import SentinelInsight
import SentinelModel
import Synchronization

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The failovers so far, one JSON object a line, kept from run to run.
///
/// Lines are only ever added, each by a single write, so that several programs can share the file.
/// Writing goes on aside: nobody waits for a disk.
package final class HistoryFile: Sendable {
  package static let schema = 1

  package let path: String
  private let queue = DispatchQueue(label: "sentop.history")
  private let trouble = Mutex<String?>(nil)

  package init(path: String) {
    self.path = path
  }

  /// Where the history lies: below `$XDG_STATE_HOME`, else below `~/.local/state`.
  package static func defaultPath(_ environment: [String: String]) -> String {
    // The specification has relative paths ignored.
    let base =
      environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
      ?? (environment["HOME"] ?? "") + "/.local/state"
    return base + "/sentop/history/failovers.jsonl"
  }

  /// Adds a line, soon.
  package func add(_ line: HistoryLine) {
    queue.async {
      do {
        try self.append(line)
      } catch {
        self.trouble.withLock { $0 = "\(error)" }
      }
    }
  }

  /// Waits until every line is written, and says why where one couldn't be.
  package func finish() -> String? {
    queue.sync {}
    return trouble.withLock(\.self)
  }

  private func append(_ line: HistoryLine) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var bytes =
      switch line {
      case .incident(let record): try encoder.encode(record)
      case .configuration(let record): try encoder.encode(record)
      }
    bytes.append(UInt8(ascii: "\n"))
    let descriptor = try openForAppending()
    defer { close(descriptor) }
    // One write, or the line of another program might come between.
    let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    guard count == bytes.count else { throw HistoryError(count < 0 ? errno : ENOSPC) }
  }

  private func openForAppending() throws -> Int32 {
    func attempt() -> Int32 { open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600) }
    var descriptor = attempt()
    if descriptor < 0, errno == ENOENT {
      let folder = path.split(separator: "/").dropLast().joined(separator: "/")
      try FileManager.default.createDirectory(
        atPath: "/" + folder, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
      descriptor = attempt()
    }
    guard descriptor >= 0 else { throw HistoryError(errno) }
    return descriptor
  }

  /// What the file holds.
  package struct Contents: Sendable {
    /// The failovers in the order in which they began, each once.
    package var incidents: [IncidentRecord] = []
    /// The newest configuration of each service.
    package var configurations: [FailoverTimeline.Remembered] = []
    /// Lines that make no sense: a program was stopped in the middle of one, or a newer one wrote it.
    package var unreadable = 0
  }

  /// Reads the file; empty where there is none yet.
  package func read() throws -> Contents {
    guard FileManager.default.fileExists(atPath: path) else { return Contents() }
    return Self.contents(of: try Data(contentsOf: URL(filePath: path)))
  }

  static func contents(of data: Data) -> Contents {
    var contents = Contents()
    var records: [String: IncidentRecord] = [:]
    var configurations: [ConfigurationKey: ConfigurationRecord] = [:]
    let decoder = JSONDecoder()
    for line in data.split(separator: UInt8(ascii: "\n")) {
      let line = Data(line)
      guard let head = try? decoder.decode(Head.self, from: line), head.schema == schema else {
        contents.unreadable += 1
        continue
      }
      if head.kind == "incident", let record = try? decoder.decode(IncidentRecord.self, from: line)
      {
        records[record.id] = record
      } else if head.kind == "configuration",
        let record = try? decoder.decode(ConfigurationRecord.self, from: line)
      {
        configurations[ConfigurationKey(record)] = record
      } else {
        contents.unreadable += 1
      }
    }
    contents.incidents = merged(Array(records.values))
    contents.configurations = configurations.values.compactMap(\.remembered)
      .sorted { ($0.at, $0.service) < ($1.at, $1.service) }
    return contents
  }

  private struct Head: Decodable {
    var schema: Int
    var kind: String
  }

  private struct ConfigurationKey: Hashable {
    var service: String
    var sentinels: [String]

    init(_ record: ConfigurationRecord) {
      service = record.service
      sentinels = record.sentinels
    }
  }

  /// Several programs that watched the same failover wrote it several times: the one that saw most
  /// counts.
  private static func merged(_ records: [IncidentRecord]) -> [IncidentRecord] {
    var kept: [IncidentRecord] = []
    for record in records.sorted(by: { ($0.startedAt, $0.id) < ($1.startedAt, $1.id) }) {
      guard let index = kept.lastIndex(where: { $0.isSame(as: record) }) else {
        kept.append(record)
        continue
      }
      kept[index] = kept[index].joined(with: record)
    }
    return kept.sorted { ($0.startedAt, $0.id) < ($1.startedAt, $1.id) }
  }
}

extension IncidentRecord {
  fileprivate func isSame(as other: IncidentRecord) -> Bool {
    guard service == other.service, oldMaster == other.oldMaster, epoch == other.epoch,
      epoch != nil,
      newMaster == other.newMaster || newMaster == nil || other.newMaster == nil
    else { return false }
    return sentinels.isEmpty || other.sentinels.isEmpty
      || !Set(sentinels).isDisjoint(with: other.sentinels)
  }

  /// The better of the two; where it doesn't know what came of it, the other one tells.
  fileprivate func joined(with other: IncidentRecord) -> IncidentRecord {
    let lesser = other.worth > worth ? self : other
    var better = other.worth > worth ? other : self
    if better.newMaster == nil, let newMaster = lesser.newMaster {
      better.newMaster = newMaster
      better.stage = Incident.Stage.switched.rawValue
      better.missing = []
    }
    return better
  }

  /// What was watched counts more than what was found out later, to its end more than not, and more
  /// phases more than few.
  private var worth: Int {
    (unwatched == nil ? 1_000 : 0) + (stage == Incident.Stage.home.rawValue ? 200 : 0)
      + (closedAt == nil ? 0 : 100) + phases.count
  }
}

/// Why the file can't be written, in the system's words.
struct HistoryError: Error, CustomStringConvertible {
  let description: String

  init(_ number: Int32) {
    description = String(cString: strerror(number))
  }
}
