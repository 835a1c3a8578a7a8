import Foundation
import SentinelInsight
import SentinelModel
import Testing

@testable import SentinelMonitor

/// A folder of its own for each test, that is removed with it.
private final class TemporaryFolder: Sendable {
  let path = FileManager.default.temporaryDirectory.appending(path: "sentop-\(UUID().uuidString)")
    .path

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

@Suite struct HistoryFileTests {
  private let folder = TemporaryFolder()
  private var path: String { folder.path + "/state/history/failovers.jsonl" }

  private static let start = Timestamp(milliseconds: 1_795_353_835_510)

  private static func record(
    _ id: String, epoch: UInt64? = 3, stage: String = "home", sentinels: [String] = ["aa", "bb"]
  ) -> IncidentRecord {
    IncidentRecord(
      id: id, service: "cache", sentinels: sentinels, stage: stage,
      startedAt: start.iso8601, oldMaster: "10.0.0.1:6379", newMaster: "10.0.0.2:6379",
      epoch: epoch, phases: [], attempts: [], missing: [])
  }

  @Test func `what is added is read again, from a file that only its owner can read`() throws {
    let file = HistoryFile(path: path)
    #expect(try file.read().incidents.isEmpty)
    file.add(.incident(Self.record("run-1")))
    let known = FailoverTimeline.Remembered(
      service: "cache", master: NodeAddress(host: "::1", port: 6379), configEpoch: 7,
      at: Self.start, sentinelIDs: ["aa"])
    file.add(.configuration(ConfigurationRecord(known)))
    #expect(file.finish() == nil)
    let contents = try file.read()
    #expect(contents.incidents == [Self.record("run-1")])
    #expect(contents.configurations == [known])
    #expect(contents.unreadable == 0)
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
  }

  @Test func `broken lines are counted and left out`() throws {
    let file = HistoryFile(path: path)
    file.add(.incident(Self.record("run-1")))
    #expect(file.finish() == nil)
    let whole = try String(contentsOfFile: path, encoding: .utf8)
    let broken =
      whole.prefix(40) + "\n" + "not json\n\n" + #"{"schema":2,"kind":"incident"}"# + "\n"
      + #"{"schema":1,"kind":"later"}"# + "\n" + whole + whole.prefix(100)
    try String(broken).write(toFile: path, atomically: false, encoding: .utf8)
    let contents = try file.read()
    #expect(contents.incidents.map(\.id) == ["run-1"])
    #expect(contents.unreadable == 5)
  }

  @Test func `the last line of an incident counts, and one failover is told once`() throws {
    let file = HistoryFile(path: path)
    file.add(.incident(Self.record("run-1", stage: "switched")))
    file.add(.incident(Self.record("run-1")))
    // Another program watched the same one, a third deployment has a namesake.
    file.add(.incident(Self.record("other-1", stage: "switched", sentinels: ["bb", "cc"])))
    file.add(.incident(Self.record("third-1", sentinels: ["dd"])))
    file.add(.incident(Self.record("run-2", epoch: 4)))
    #expect(file.finish() == nil)
    let incidents = try file.read().incidents
    #expect(incidents.count == 3)
    #expect(Set(incidents.map(\.stage)) == ["home"])
  }

  @Test func `a failover that was left running is joined with what came of it`() throws {
    let file = HistoryFile(path: path)
    var begun = Self.record("run-1", stage: "running")
    begun.newMaster = nil
    begun.cause = "manual"
    var found = Self.record("later-1", stage: "unwatched")
    found.startedAt = Self.start.advanced(by: .seconds(60)).iso8601
    found.unwatched = .init(after: Self.start.iso8601, before: found.startedAt, epochBefore: 2)
    file.add(.incident(begun))
    file.add(.incident(found))
    #expect(file.finish() == nil)
    let incident = try #require(try file.read().incidents.first)
    #expect(try file.read().incidents.count == 1)
    #expect(incident.cause == "manual")
    #expect(incident.newMaster == "10.0.0.2:6379")
    #expect(incident.stage == "switched")
    #expect(incident.startedAt == Self.start.iso8601)
  }

  @Test func `several programs can write at once`() async throws {
    let path = path
    await withTaskGroup(of: String?.self) { group in
      for writer in 0..<4 {
        group.addTask {
          let file = HistoryFile(path: path)
          for line in 0..<50 {
            file.add(
              .incident(Self.record("\(writer)-\(line)", epoch: UInt64(writer * 100 + line))))
          }
          return file.finish()
        }
      }
      for await trouble in group { #expect(trouble == nil) }
    }
    let contents = try HistoryFile(path: path).read()
    #expect(contents.incidents.count == 200)
    #expect(contents.unreadable == 0)
  }

  @Test func `where nothing can be written, it says why`() throws {
    let file = HistoryFile(path: "/proc/sentop/history/failovers.jsonl")
    file.add(.incident(Self.record("run-1")))
    #expect(file.finish() != nil)
  }

  @Test(arguments: [
    ("/var/state", "/home/ann", "/var/state/sentop/history/failovers.jsonl"),
    ("state", "/home/ann", "/home/ann/.local/state/sentop/history/failovers.jsonl"),
    ("", "/home/ann", "/home/ann/.local/state/sentop/history/failovers.jsonl"),
  ])
  func `it lies where the desktop's rules put it`(state: String, home: String, path: String) {
    #expect(HistoryFile.defaultPath(["XDG_STATE_HOME": state, "HOME": home]) == path)
  }

  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"), (1_795_353_835_510, "2026-11-22T13:23:55.510Z"),
      (951_782_400_001, "2000-02-29T00:00:00.001Z"), (-1, "1969-12-31T23:59:59.999Z"),
      (4_107_542_399_999, "2100-02-28T23:59:59.999Z"),
      (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
    ] as [(Int64, String)])
  func `moments are written to the millisecond, and read again`(milliseconds: Int64, text: String) {
    #expect(Timestamp(milliseconds: milliseconds).iso8601 == text)
    #expect(Timestamp(iso8601: text)?.milliseconds == milliseconds)
  }

  @Test(arguments: [
    "", "2026-11-22", "2026-13-01T00:00:00.000Z", "2026-02-30T00:00:00.000Z",
    "2026-02-03T24:00:00.000Z", "2026-02-03T00:00:00.000", "2O26-02-03T00:00:00.000Z",
  ])
  func `what is no moment is none`(text: String) {
    #expect(Timestamp(iso8601: text) == nil)
  }
}
