import RedisSentinel
import SentinelInsight
import SentinelLab
import SentinelModel
import Synchronization
import Testing

@testable import SentinelMonitor

/// A lab, a monitor that watches it, and all that its doctor has told so far as present.
struct Consultation: Sendable {
  let lab: Lab
  let monitor: Monitor
  let start: Timestamp
  private let notes = Notes()

  /// What was told, by rule; the last words of each.
  private final class Notes: Sendable {
    let told = Mutex<[String: Finding]>([:])

    func take(_ snapshot: Snapshot) {
      told.withLock { told in
        for finding in snapshot.findings where finding.standing == .present {
          told[finding.rule] = finding
        }
      }
    }
  }

  /// What is true of any lab: all is on one host, and down-after is short.
  static let trueOfLabs: Set = ["D20", "D46"]

  /// Opens a lab, makes it ill, and lends it with a monitor that has just begun to watch it.
  static func open(
    _ layout: LabLayout = LabLayout(), falling: (Lab) async throws -> Void = { _ in },
    _ body: (Consultation) async throws -> Void
  ) async throws {
    try await Lab.open(layout) { lab in
      try await lab.settle()
      try await falling(lab)
      let nodes = ConnectionConfiguration(
        authentication: layout.nodePassword.map { Authentication(password: $0) })
      try await watching(lab.sentinels.map(\.address), nodes: nodes) { monitor in
        try await body(Consultation(lab: lab, monitor: monitor, start: monitor.clock.now()))
      }
    }
  }

  /// Waits until the doctor tells something of that kind, and gives it; an issue where it never does.
  func finding(
    _ rule: String, within limit: Duration = .seconds(20),
    sourceLocation: SourceLocation = #_sourceLocation,
    where isMeant: @escaping @Sendable (Finding) -> Bool = { _ in true }
  ) async throws -> Finding {
    let found = Mutex<Finding?>(nil)
    _ = await monitor.wait(atMost: limit) { [notes] snapshot in
      notes.take(snapshot)
      let finding = snapshot.findings.first {
        $0.rule == rule && $0.standing == .present && isMeant($0)
      }
      if let finding { found.withLock { $0 = finding } }
      return finding != nil
    }
    let all = notes.told.withLock { $0 }
    let words = "\(rule) in \(limit); it told \(Self.words(Array(all.values)))"
    return try #require(found.withLock { $0 }, "\(words)", sourceLocation: sourceLocation)
  }

  /// Goes on for some samples; then nothing may have been told, ever, but these rules and what is true
  /// of any lab.
  func expectNothing(
    but rules: Set<String>, inSamples count: Int = 4,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async {
    for _ in 0..<count {
      let mark = SampleMark(await monitor.snapshot.topology)
      _ = await monitor.wait(atMost: .seconds(2)) { [notes] snapshot in
        notes.take(snapshot)
        return mark.isFollowed(by: snapshot.topology)
      }
    }
    let told = notes.told.withLock { $0 }
    let wrong = told.values.filter {
      !rules.contains($0.rule) && !Self.trueOfLabs.contains($0.rule)
    }
    if !wrong.isEmpty {
      Issue.record("told without reason: \(Self.words(wrong))", sourceLocation: sourceLocation)
    }
  }

  /// Waits until a rule has nothing to tell any more.
  func expectNo(
    _ rule: String, within limit: Duration = .seconds(10),
    sourceLocation: SourceLocation = #_sourceLocation
  ) async {
    let isGone = await monitor.wait(atMost: limit) { snapshot in
      !snapshot.findings.contains { $0.rule == rule && $0.standing != .unknown }
    }
    #expect(isGone, "\(rule) is told no more", sourceLocation: sourceLocation)
  }

  /// Forgets what was told before, as it may have been true then.
  func forget() {
    notes.told.withLock { $0 = [:] }
  }

  /// The time since the monitor began.
  var elapsed: Duration { monitor.clock.now().duration(since: start) }

  private static func words(_ findings: [Finding]) -> String {
    findings.sorted { Rules.number(of: $0.rule) < Rules.number(of: $1.rule) }.map { finding in
      let evidence = finding.evidence.prefix(4).map {
        "\($0.field) \($0.value)\($0.limit.map { ", not \($0)" } ?? "")"
      }
      return
        "\(finding.rule) \(finding.severity) \(finding.title) [\(evidence.joined(separator: "; "))]"
    }.joined(separator: "\n")
  }
}

extension Lab {
  /// Says something to a data node of the lab, or to one of its Sentinels.
  func tell(_ node: LabNode, _ words: String...) async throws {
    let configuration = ConnectionConfiguration(
      authentication: node.role == .sentinel
        ? nil : layout.nodePassword.map { Authentication(password: $0) })
    try await NodeConnection.open(
      to: node.address, configuration, expecting: node.role == .sentinel ? .sentinel : .anyServer
    ) { connection in
      let reply = try await connection.send(words)
      #expect(reply == .simpleString("OK"), "\(words.prefix(3))")
    }
  }
}
