import SentinelInsight
import SentinelModel
import TestSupport
import Testing

@Suite struct EventLogTests {
  /// Who said what, and how often.
  private struct Voice: Hashable {
    var sentinel: NodeAddress?
    var channel: String
  }

  private static func names() throws -> [String] { try Fixture.eventNames() }

  @Test func `nothing that was announced is lost, and nothing is counted twice`() throws {
    let names = try Self.names()
    #expect(names.count > 35)
    for name in names {
      let observations = try Recording.events(name)
      let log = observations.reduce(into: EventLog()) { $0.apply($1) }
      var announced: [String: Int] = [:]
      var speakers: Set<Voice> = []
      for observation in observations {
        guard case .event(let event) = observation.fact else { continue }
        announced[event.channel, default: 0] += 1
        speakers.insert(Voice(sentinel: observation.source, channel: event.channel))
      }
      var logged: [String: Int] = [:]
      var sources: Set<Voice> = []
      for entry in log.entries {
        logged[entry.title, default: 0] += entry.sources.count + entry.repeats
        for source in entry.sources {
          sources.insert(Voice(sentinel: source.sentinel, channel: entry.title))
        }
      }
      #expect(logged == announced, "\(name)")
      #expect(sources == speakers, "\(name)")
    }
  }

  @Test func `of what doesn't repeat, each announcement's own moment is kept`() throws {
    for name in try Self.names() {
      let observations = try Recording.events(name)
      let log = observations.reduce(into: EventLog()) { $0.apply($1) }
      let repeating = Set(log.entries.filter { $0.repeats > 0 }.map(\.title))
      func moments(_ list: [(String, NodeAddress, Timestamp)]) -> [String] {
        list.filter { !repeating.contains($0.0) }
          .map { "\($0.0) \($0.1) \($0.2.milliseconds)" }.sorted()
      }
      let announced = observations.compactMap { observation -> (String, NodeAddress, Timestamp)? in
        guard case .event(let event) = observation.fact else { return nil }
        return (event.channel, observation.source, observation.at)
      }
      let logged = log.entries.flatMap { entry in
        entry.sources.map { (entry.title, $0.sentinel, $0.at) }
      }
      #expect(moments(logged) == moments(announced), "\(name)")
    }
  }

  @Test func `what several Sentinels say at about the same time stands in one line`() throws {
    // Attempts of several Sentinels are several facts.
    let attemptSteps = [
      "+try-failover", "+elected-leader", "+failover-state-select-slave",
      "-failover-abort-no-good-slave", "-failover-abort-not-elected", "+selected-slave",
      "+failover-state-send-slaveof-noone", "+failover-state-wait-promotion",
    ]
    for name in try Self.names() where !name.contains("hello") {
      let log = try Recording(name, polled: false).log
      for (index, entry) in log.entries.enumerated() where !attemptSteps.contains(entry.title) {
        for other in log.entries.dropFirst(index + 1) where other.isSame(as: entry) {
          guard other.at.duration(since: entry.at) < .seconds(15) else { break }
          let both = Set(entry.sources.map(\.sentinel)).intersection(other.sources.map(\.sentinel))
          #expect(!both.isEmpty, "\(name): \(entry.title) at \(entry.at.milliseconds) stands twice")
        }
      }
    }
  }

  @Test func `nobody is named twice in a line, and lines stand in the order of time`() throws {
    for name in try Self.names() {
      let log = try Recording(name, polled: false).log
      for entry in log.entries {
        #expect(Set(entry.sources.map(\.sentinel)).count == entry.sources.count)
        #expect(entry.repeats > 0 || entry.sources.first?.at == entry.at)
        #expect(entry.spread >= .zero)
      }
      for (one, next) in zip(log.entries, log.entries.dropFirst()) {
        #expect(one.at <= next.at, "\(name)")
      }
    }
  }

  @Test(arguments: [
    ("failover-manual", "+switch-master", 3, 1_034), ("failover-auto", "+switch-master", 3, 1_152),
    ("failover-auto", "+sdown", 3, 62), ("failover-auto", "+odown", 3, 1_020),
    ("failover-auto", "+new-epoch", 3, 5), ("failover-auto", "+vote-for-leader", 3, 5),
    ("failover-auto", "+config-update-from", 2, 0), ("failover-manual", "+try-failover", 1, 0),
  ])
  func `a fact has one line with all who said it, and how far apart they were`(
    name: String, channel: String, sources: Int, spread: Int
  ) throws {
    let entries = try Recording(name, polled: false).log.entries.filter { $0.title == channel }
    let first = try #require(entries.first)
    #expect(first.sources.count == sources)
    #expect(first.spread == .milliseconds(spread))
    if channel == "+switch-master" { #expect(entries.count == 1) }
  }

  @Test(arguments: [
    ("failover-abort-forever-stale-replicas", "+try-failover", [1, 1, 1, 1, 1, 1, 1]),
    ("failover-abort-forever-stale-replicas", "-failover-abort-no-good-slave", [1, 1, 1, 1, 1]),
    // Two ask for votes in one epoch, and one of them again.
    ("leader-crash-after-promotion", "+try-failover", [2, 1]),
    ("leader-crash-after-election", "+try-failover", [1, 1]),
  ])
  func `attempts of different epochs are told apart`(
    name: String, channel: String, voices: [Int]
  ) throws {
    let entries = try Recording(name, polled: false).log.entries.filter { $0.title == channel }
    #expect(entries.map(\.sources.count) == voices)
  }

  @Test func `what names no service is given to the one it belongs to`() throws {
    let log = try Recording("failover-auto").log
    for channel in ["+new-epoch", "+vote-for-leader"] {
      let entry = try #require(log.entries.first { $0.title == channel })
      #expect(entry.service == "mymaster", "\(channel)")
    }
    let tilt = try Recording("tilt").log.entries.filter { $0.title.hasSuffix("tilt") }
    #expect(tilt.map(\.service) == ["mymaster", "mymaster"])
  }

  @Test func `nothing is called unannounced that was announced`() throws {
    for name in try Self.names() {
      let log = try Recording.whole(name).log
      for entry in log.entries {
        if case .observed(let event) = entry.fact {
          Issue.record("\(name): \(event.channel) \(event.subject?.address.description ?? "")")
        }
      }
    }
  }

  @Test func `what nobody announces is seen by polling`() throws {
    var recording = try Recording("failover-auto")
    for speaker in recording.speakers {
      recording = recording.without(speaker, andItsAnswers: false)
    }
    let entries = recording.log.entries.filter { entry in
      if case .observed = entry.fact { true } else { false }
    }
    #expect(entries.first?.title == "+sdown")
    #expect(entries.first?.service == "mymaster")
    #expect(entries.map(\.title).contains("+odown"))
    let switched = try #require(entries.first { $0.title == "+switch-master" })
    #expect(switched.sources.count == 3)
    #expect(switched.severity == .critical)
    #expect(
      switched.words(in: Topology())
        == "seen by polling: master is now 127.0.0.1:27102, was 127.0.0.1:27101")
    // No Sentinel says that the old master is up when it drops its state at a switch.
    #expect(!entries.map(\.title).contains("-sdown"))
  }

  @Test func `what is said every second again is counted, not repeated`() throws {
    let log = try Recording("failover-end-for-timeout", polled: false).log
    let entries = log.entries.filter { $0.title == "+fix-slave-config" }
    let counted = entries.map { $0.sources.count + $0.repeats }
    #expect(entries.count == 2)
    #expect(counted.reduce(0, +) == 14)
    #expect(counted.allSatisfy { $0 > 2 })
  }

  @Test(arguments: ["failover-manual", "failover-auto"])
  func `a failover reads like this`(name: String) throws {
    let recording = try Recording(name)
    let topology = recording.topology
    let start = try #require(recording.log.entries.first { $0.service != nil })
    let lines = recording.log.entries.map { entry in
      let seconds = entry.at.duration(since: start.at).inMilliseconds
      let who = entry.sources.map { topology.label(of: $0.sentinel) }.joined(separator: ",")
      let spread = entry.spread > .zero ? " over \(entry.spread.inSeconds)" : ""
      let words = entry.words(in: topology)
      return "\(seconds) ms | \(who)\(spread) | \(entry.severity) | \(entry.title) | \(words)"
    }
    try expectGolden(lines.joined(separator: "\n"), "log-\(name)")
  }
}

extension LogEntry {
  fileprivate func isSame(as other: LogEntry) -> Bool {
    guard case .event(let event) = fact, case .event(let theirs) = other.fact else { return false }
    return event.channel == theirs.channel && event.payload == theirs.payload
  }
}
