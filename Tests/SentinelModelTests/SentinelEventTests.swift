import SentinelModel
import TestSupport
import Testing

/// Every recorded line, and what the protocol's table says of its channel.
@Suite struct SentinelEventTests {
  @Test func `no recorded announcement loses anything`() throws {
    var count = 0
    for recording in try Fixture.eventNames() {
      for line in try Fixture.events(recording) where line.channel.first != "_" {
        let event = SentinelEvent(channel: line.channel, payload: line.payload)
        #expect(event.spelled == line.payload, "\(line.channel) in \(recording)")
        #expect(event.channel == line.channel && event.payload == line.payload)
        count += 1
      }
    }
    #expect(count > 1_200)
  }

  @Test func `every recorded announcement has what its channel promises`() throws {
    for recording in try Fixture.eventNames() {
      for line in try Fixture.events(recording) where line.channel.first != "_" {
        let event = SentinelEvent(channel: line.channel, payload: line.payload)
        let name = try #require(event.name)
        let roles = Self.roles[name] ?? []
        #expect((event.subject != nil) == !roles.isEmpty, "\(event)")
        #expect((event.service != nil) == !roles.isEmpty, "\(event)")
        #expect((event.masterAddress != nil) == !roles.isEmpty, "\(event)")
        if let subject = event.subject { #expect(roles.contains(subject.role), "\(event)") }
        #expect((event.detail != .none) == Self.detailed.contains(name), "\(event)")
      }
    }
  }

  @Test func `known services change nothing in recorded announcements`() throws {
    let known: [ServiceName] = [
      "mymaster", "cache-2", "cold", "name", "name with", "name with space",
    ]
    for recording in try Fixture.eventNames() {
      for line in try Fixture.events(recording) {
        #expect(
          SentinelEvent(channel: line.channel, payload: line.payload, knownServices: known)
            == SentinelEvent(channel: line.channel, payload: line.payload))
      }
    }
  }

  @Test func `a hello is kept as it is`() throws {
    for line in try Fixture.events("hello-channel") {
      let event = SentinelEvent(channel: line.channel, payload: line.payload)
      #expect(event.name == nil && event.subject == nil && event.service == nil)
      #expect(event.description == "\(line.channel) \(line.payload)")
    }
  }

  /// Of which instances an event of that name may speak; none for those that name nobody.
  private static let roles: [EventName: Set<NodeRole>] = {
    var roles: [EventName: Set<NodeRole>] = [:]
    for name in EventName.allCases {
      roles[name] =
        switch name {
        case .newEpoch, .voteForLeader, .tilt, .tiltEnded, .scriptError, .scriptTimeout: []
        case .sDown, .sDownEnded: [.master, .replica, .sentinel]
        case .reboot, .roleChange, .roleChangeUnexpected: [.master, .replica]
        case .replicaFound, .selectedReplica, .sendReplicaOfNoOne, .waitPromotion,
          .promotedReplica, .replicaReconfSent, .replicaReconfSentBestEffort,
          .replicaReconfInProgress, .replicaReconfDone, .replicaReconfTimeout, .convertToReplica,
          .fixReplicaConfig:
          [.replica]
        case .sentinelFound, .sentinelAddressUpdate, .sentinelInvalidAddress, .configUpdateFrom:
          [.sentinel]
        default: [.master]
        }
    }
    return roles
  }()

  private static let detailed: Set<EventName> = [
    .monitorStarted, .set, .sentinelAddressSwitch, .sentinelAddressUpdate, .oDown, .newEpoch,
    .voteForLeader, .switchMaster, .roleChange, .roleChangeUnexpected, .scriptError, .scriptTimeout,
  ]
}

extension SentinelEvent {
  /// The payload, put together again out of what was read.
  var spelled: String {
    switch detail {
    case .none where subject == nil: payload
    case .none: instance
    case .agreeing(let count, let quorum): "\(instance) #quorum \(count)/\(quorum)"
    case .quorum(let quorum): "\(instance) quorum \(quorum)"
    case .switched(let old, let new):
      "\(service ?? "?") \(old.host) \(old.port) \(new.host) \(new.port)"
    case .epoch(let epoch): "\(epoch)"
    case .vote(let leader, let epoch): "\(leader) \(epoch)"
    case .setting(let option, let value): "\(instance) \(option) \(value)"
    case .reportedRole(let role):
      "\(instance) new reported role is \(role == .replica ? "slave" : role.rawValue)"
    case .moved(let id, let new): "\(instance) ip \(new.host) port \(new.port) for \(id)"
    case .alsoUpdated(let count): "\(instance) \(count) additional matching instances"
    case .script(let path, let figures):
      ([path] + figures.map(String.init)).joined(separator: " ")
    }
  }

  private var instance: String {
    guard let subject, let service, let masterAddress else { return "?" }
    let group = "\(service) \(masterAddress.host) \(masterAddress.port)"
    if subject.role == .master { return "master \(group)" }
    let role = subject.role == .replica ? "slave" : "sentinel"
    return "\(role) \(subject.name) \(subject.address.host) \(subject.address.port) @ \(group)"
  }
}
