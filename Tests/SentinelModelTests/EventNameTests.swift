import SentinelModel
import TestSupport
import Testing

@Suite struct EventNameTests {
  @Test func `every channel is read as its name`() {
    for name in EventName.allCases { #expect(EventName(wire: name.rawValue) == name) }
  }

  @Test(
    arguments: [
      ("+replica", .replicaFound), ("+selected-replica", .selectedReplica),
      ("+failover-state-send-replicaof-noone", .sendReplicaOfNoOne),
      ("-replica-reconf-sent-timeout", .replicaReconfTimeout),
      ("+convert-to-replica", .convertToReplica),
      ("+replica-reconf-sent-be", .replicaReconfSentBestEffort),
      ("+promoted-replica", .promotedReplica),
      ("-failover-abort-no-good-replica", .abortNoGoodReplica),
    ] as [(String, EventName)])
  func `the new vocabulary is read too`(channel: String, name: EventName) {
    #expect(EventName(wire: channel) == name)
  }

  @Test(arguments: ["", "+", "sdown", "+SDOWN", "+sdown ", "+new-thing", "replica", "+replicas"])
  func `an unknown channel has no name`(channel: String) {
    #expect(EventName(wire: channel) == nil)
  }

  @Test func `every recorded channel has a name, but for hellos`() throws {
    for recording in try Fixture.eventNames() {
      for event in try Fixture.events(recording) where event.channel != "__sentinel__:hello" {
        #expect(EventName(wire: event.channel) != nil, "\(event.channel) in \(recording)")
      }
    }
  }

  @Test func `only the four abort events are aborts`() {
    let aborts = EventName.allCases.filter(\.isAbort)
    #expect(aborts == EventName.allCases.filter { $0.rawValue.contains("abort") })
    #expect(aborts.count == 4)
  }
}
