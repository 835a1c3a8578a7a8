import SentinelInsight
import SentinelModel
import Testing

/// The log, line by line.
@Suite struct EventLogFoldTests {
  private static let sentinels = [26379, 26380, 26381].map { NodeAddress.local($0) }
  private var log = EventLog()

  private mutating func say(
    _ channel: String, _ payload: String, by sentinel: Int, at milliseconds: Int64
  ) {
    see(.event(SentinelEvent(channel: channel, payload: payload)), by: sentinel, at: milliseconds)
  }

  private mutating func see(_ fact: Observation.Fact, by sentinel: Int = 0, at milliseconds: Int64)
  {
    log.apply(
      Observation(
        source: Self.sentinels[sentinel], at: Timestamp(milliseconds: milliseconds), fact: fact))
  }

  private mutating func switchAll(from: Int, to: Int, at milliseconds: Int64) {
    for sentinel in 0..<3 {
      say(
        "+switch-master", "cache 10.0.0.1 \(from) 10.0.0.1 \(to)", by: sentinel,
        at: milliseconds + Int64(sentinel) * 500)
    }
  }

  @Test mutating func `two failovers in a row stay two, there and back and there again`() {
    switchAll(from: 1, to: 2, at: 0)
    switchAll(from: 2, to: 1, at: 20_000)
    switchAll(from: 1, to: 2, at: 40_000)
    #expect(log.entries.count == 3)
    #expect(log.entries.allSatisfy { $0.sources.count == 3 && $0.spread == .seconds(1) })
    #expect(log.entries.map(\.at.milliseconds) == [0, 20_000, 40_000])
  }

  @Test mutating func `the leader's switch joins the observers', a minute later at most`() {
    let payload = "cache 10.0.0.1 1 10.0.0.1 2"
    say("+switch-master", payload, by: 1, at: 0)
    say("+switch-master", payload, by: 0, at: 60_000)
    #expect(log.entries.count == 1)
    say("+switch-master", payload, by: 2, at: 60_001)
    #expect(log.entries.count == 2)
  }

  @Test mutating func `two attempts in a row stay two, and so do two downs of one node`() {
    for at: Int64 in [0, 5_000] {
      say("+sdown", "master cache 10.0.0.1 1", by: 0, at: at)
      say("+sdown", "master cache 10.0.0.1 1", by: 1, at: at + 100)
      say("-sdown", "master cache 10.0.0.1 1", by: 0, at: at + 1_000)
    }
    #expect(log.entries.map(\.title) == ["+sdown", "-sdown", "+sdown", "-sdown"])
    #expect(log.entries.map(\.sources.count) == [2, 1, 2, 1])
  }

  @Test mutating func `different services, nodes and options stand apart`() {
    say("+sdown", "master cache 10.0.0.1 1", by: 0, at: 0)
    say("+sdown", "master other 10.0.0.1 1", by: 1, at: 1)
    say("+sdown", "slave 10.0.0.1:2 10.0.0.1 2 @ cache 10.0.0.1 1", by: 1, at: 2)
    say("+sdown", "slave 10.0.0.1:3 10.0.0.1 3 @ cache 10.0.0.1 1", by: 1, at: 3)
    say("+set", "master cache 10.0.0.1 1 quorum 2", by: 0, at: 4)
    say("+set", "master cache 10.0.0.1 1 quorum 3", by: 1, at: 5)
    say("+new-epoch", "7", by: 0, at: 6)
    say("+new-epoch", "8", by: 1, at: 7)
    #expect(log.entries.count == 8)
  }

  @Test mutating func `what each counts for itself doesn't set their voices apart`() {
    say("+odown", "master cache 10.0.0.1 1 #quorum 2/2", by: 0, at: 0)
    say("+odown", "master cache 10.0.0.1 1 #quorum 3/2", by: 1, at: 900)
    let old = "slave 10.0.0.1:2 10.0.0.1 2 @ cache 10.0.0.1 1"
    let new = "slave 10.0.0.1:2 10.0.0.1 2 @ cache 10.0.0.1 9"
    say("+slave", old, by: 0, at: 1_000)
    say("+slave", new, by: 1, at: 1_100)
    let a = "sentinel aaaa 10.0.0.8 26379 @ cache 10.0.0.1 1"
    let b = "sentinel bbbb 10.0.0.9 26379 @ cache 10.0.0.1 1"
    say("+config-update-from", a, by: 0, at: 2_000)
    say("+config-update-from", b, by: 1, at: 2_100)
    #expect(log.entries.map(\.sources.count) == [2, 2, 2])
  }

  @Test mutating func `a voice that comes too late has a line of its own`() {
    say("+sdown", "master cache 10.0.0.1 1", by: 0, at: 0)
    say("+sdown", "master cache 10.0.0.1 1", by: 1, at: 15_000)
    say("+sdown", "master cache 10.0.0.1 1", by: 2, at: 15_001)
    #expect(log.entries.map(\.sources.count) == [2, 1])
  }

  @Test mutating func `repeats are counted as long as they go on, with the newest moment`() {
    let payload = "slave 10.0.0.1:2 10.0.0.1 2 @ cache 10.0.0.1 1"
    for second: Int64 in 0..<60 {
      say("+fix-slave-config", payload, by: Int(second % 2), at: second * 1_000)
    }
    #expect(log.entries.count == 1)
    #expect(log.entries[0].repeats == 58)
    #expect(log.entries[0].sources.count == 2)
    #expect(log.entries[0].spread == .seconds(59))
    say("+fix-slave-config", payload, by: 0, at: 80_000)
    #expect(log.entries.count == 2)
  }

  @Test mutating func `a Sentinel is found once, lost once, and back after the time it was away`() {
    let who = SentinelIdentity(id: nil, version: "7.0.15", respVersion: 3)
    see(.connected(who), at: 0)
    see(.listening(gap: nil), at: 1)
    see(.lost(reason: "closed"), at: 1_000)
    see(.lost(reason: "refused"), at: 2_000)
    see(.connected(who), at: 5_100)
    see(.listening(gap: .milliseconds(4_100)), at: 5_101)
    see(.connected(who), at: 6_000)
    #expect(
      log.entries.map(\.fact) == [
        .found(version: "7.0.15"), .lost("closed"), .back(after: .milliseconds(4_100)),
        .gap(.milliseconds(4_100)),
      ])
    #expect(log.entries.map(\.severity) == [.info, .warning, .notice, .warning])
    let words = log.entries.map { $0.words(in: Topology()) }
    #expect(words[2] == "answers again after 4.10 s")
    #expect(words[3] == "listener was off for 4.10 s: events may be missing")
  }

  @Test mutating func `a Sentinel that was never reached is found when it comes`() {
    see(.lost(reason: "refused"), at: 0)
    see(.connected(SentinelIdentity(id: nil, version: nil, respVersion: 2)), at: 1_000)
    #expect(log.entries.map(\.title) == ["sentinel lost", "sentinel back"])
  }

  @Test mutating func `what can't be heard or read stands in the log, and what is polled doesn't`()
  {
    see(.deaf(reason: "no right"), at: 0)
    see(.unreadable("1 entry"), at: 1)
    see(.masters([], roundTrip: .zero), at: 2)
    see(.replicas("cache", []), at: 3)
    see(.sentinels("cache", []), at: 4)
    see(.info(ServerInfo(text: "")), at: 5)
    #expect(log.entries.map(\.title) == ["no events", "unreadable"])
  }

  @Test mutating func `another address of the same Sentinel is no loss`() {
    see(.lost(reason: "refused"), at: 0)
    see(.same(as: Self.sentinels[1]), at: 1)
    see(.lost(reason: "refused"), at: 2)
    #expect(log.entries.map(\.title) == ["sentinel lost", "sentinel lost"])
  }

  @Test mutating func `the oldest lines go first, and late voices don't bring them back`() {
    log = EventLog(capacity: 3)
    say("+sdown", "master a 10.0.0.1 1", by: 0, at: 0)
    for (index, name) in ["b", "c", "d"].enumerated() {
      say("+sdown", "master \(name) 10.0.0.1 1", by: 0, at: Int64(index) + 1)
    }
    say("+sdown", "master a 10.0.0.1 1", by: 1, at: 100)
    #expect(log.entries.map { $0.service ?? "" } == ["c", "d", "a"])
    #expect(log.entries.map(\.sources.count) == [1, 1, 1])
    #expect(log.entries.dropped == 2)
  }

  @Test func `no two events share a line in a log of any size`() {
    var log = EventLog(capacity: 10)
    for number in 0..<3_000 {
      let event = SentinelEvent(channel: "+new-epoch", payload: "\(number)")
      log.apply(
        Observation(
          source: Self.sentinels[0], at: Timestamp(milliseconds: Int64(number)),
          fact: .event(event)))
    }
    #expect(log.entries.count == 10)
    #expect(log.entries.next == 3_000)
  }
}
