import SentinelModel
import Testing

@testable import SentinelMonitor

@Suite struct UrgencyTests {
  private static let sentinel = NodeAddress(host: "127.0.0.1", port: 26379)
  private static let node = NodeAddress(host: "127.0.0.1", port: 6379)
  private static let start = Timestamp(milliseconds: 1_000)

  private static func observation(_ fact: Observation.Fact) -> Observation {
    Observation(source: sentinel, at: start, fact: fact)
  }

  private static let master = MasterState(
    name: "cache", report: InstanceReport(address: node, flags: [.master]))

  @Test func `the first answer is shown at once, the next with the rest of the round`() {
    var topology = Topology(seeds: [Self.sentinel])
    let facts: [Observation.Fact] = [
      .masters([Self.master], roundTrip: .milliseconds(1)), .replicas("cache", []),
      .sentinels("cache", []),
    ]
    for fact in facts {
      #expect(Urgency(Self.observation(fact), in: topology) == .now)
      topology.apply(Self.observation(fact))
    }
    for fact in facts { #expect(Urgency(Self.observation(fact), in: topology) == .soon) }
  }

  @Test func `what happens is shown at once, and a hello never for its own sake`() {
    let topology = Topology(seeds: [Self.sentinel])
    let event = SentinelEvent(channel: "+sdown", payload: "master cache 127.0.0.1 6379")
    for fact in [Observation.Fact.event(event), .lost(reason: "refused"), .listening(gap: nil)] {
      #expect(Urgency(Self.observation(fact), in: topology) == .now)
    }
    let hello = "127.0.0.1,26379,0123456789abcdef0123456789abcdef01234567,1,cache,127.0.0.1,6379,0"
    if let hello = HelloMessage(parsing: hello) {
      #expect(Urgency(Self.observation(.hello(hello)), in: topology) == .none)
    } else {
      Issue.record("that is no hello")
    }
    #expect(Urgency.now > .soon && Urgency.soon > .none)
  }
}
