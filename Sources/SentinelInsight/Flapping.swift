package import SentinelModel

/// Nodes that go up and down too often, and what down-after should be for them not to; a fold over
/// observations.
package struct Flapping: Sendable {
  private var nodes: [Key: Node] = [:]
  private var tilts: [NodeAddress: [Timestamp]] = [:]
  private var switches: [ServiceName: [Timestamp]] = [:]
  /// How long masters let the Sentinels wait for an answer, as far as it is out of the ordinary.
  private var waits: [ServiceName: Waits] = [:]

  /// What happened longer ago than this doesn't count.
  package static let window = Duration.seconds(3_600)
  /// The same from several Sentinels within this time is one.
  private static let sameness = Duration.seconds(15)
  /// More moments than this are not kept of each.
  private static let most = 200
  /// Healthy answers are up to so old, since a PING is sent every second.
  private static let ordinary = Duration.milliseconds(1_200)

  private struct Key: Hashable {
    var service: ServiceName
    var address: NodeAddress
  }

  private struct Node {
    var role: NodeRole
    var downs: [Timestamp] = []
    var ups: [Timestamp] = []
  }

  private struct Waits {
    var downAfter: Duration
    var longest = Duration.zero
    var longestAt: Timestamp
    /// Since when it is watched, and how often it was looked at.
    var since: Timestamp
    var samples = 0
    /// The stretch that goes on, for each Sentinel.
    var current: [NodeAddress: Duration] = [:]
  }

  /// A node that was up and down within the window.
  package struct Report: Hashable, Sendable {
    package var service: ServiceName
    package var address: NodeAddress
    package var role: NodeRole
    /// How often it went down, and came back.
    package var downs: Int
    package var ups: Int
    package var lastAt: Timestamp

    /// Once is an incident, three times are a habit.
    package var isFlapping: Bool { downs >= 3 && ups >= 2 }
  }

  /// How near a master came to being held down without being it.
  package struct AlmostDown: Hashable, Sendable {
    package var downAfter: Duration
    /// The longest silence that wasn't held to be a failure.
    package var longest: Duration
    package var at: Timestamp
    /// For how long, and how often, that was looked at.
    package var watched: Duration
    package var samples: Int
    /// A down-after that leaves half as much again over the longest silence; nil where the one that
    /// is set leaves enough.
    package var proposed: Duration?

    /// What is left of down-after after the longest silence, in percent.
    package var margin: Int {
      guard downAfter > .zero else { return 0 }
      let left = downAfter - longest
      return max(0, Int(left.inMicroseconds * 100 / downAfter.inMicroseconds))
    }
  }

  package init() {}

  /// Takes in one thing learnt.
  package mutating func apply(_ observation: Observation) {
    switch observation.fact {
    case .event(let event): take(event, observation.source, observation.at)
    case .masters(let masters, _):
      for master in masters { take(master, observation.source, observation.at) }
    case .master(let master): take(master, observation.source, observation.at)
    default: break
    }
  }

  private mutating func take(_ event: SentinelEvent, _ source: NodeAddress, _ at: Timestamp) {
    switch event.name {
    case .tilt: Self.note(at, in: &tilts[source, default: []])
    case .switchMaster:
      if let service = event.service { Self.note(at, in: &switches[service, default: []]) }
    case .sDown, .sDownEnded:
      guard let service = event.service, let subject = event.subject else { return }
      let key = Key(service: service, address: subject.address)
      var node = nodes[key] ?? Node(role: subject.role)
      if event.name == .sDown {
        Self.note(at, in: &node.downs, unless: node.ups)
      } else {
        Self.note(at, in: &node.ups, unless: node.downs)
      }
      nodes[key] = node
    default: break
    }
  }

  /// Notes a moment, unless another Sentinel has just told of the same. What came in between makes it
  /// another one.
  private static func note(
    _ at: Timestamp, in moments: inout [Timestamp], unless between: [Timestamp] = []
  ) {
    if let last = moments.last, at.duration(since: last) < sameness,
      !(between.last.map { $0 > last } ?? false)
    {
      return
    }
    moments.append(at)
    if moments.count > most { moments.removeFirst() }
  }

  private mutating func take(_ master: MasterState, _ source: NodeAddress, _ at: Timestamp) {
    let wait = master.report.sinceValidPing
    let isDown = master.flags.isDown
    let downAfter = master.report.downAfter
    // Most masters answer most of the time: they cost one look.
    guard var waits = waits[master.name] else {
      waits[master.name] = Waits(downAfter: downAfter, longestAt: at, since: at, samples: 1)
      return
    }
    if wait <= Self.ordinary, waits.downAfter == downAfter, waits.current[source] == nil {
      self.waits[master.name]?.samples += 1
      return
    }
    waits.samples += 1
    waits.downAfter = downAfter
    if isDown {
      // That was no silence but a failure, or is held to be one.
      waits.current[source] = nil
    } else if wait > Self.ordinary {
      waits.current[source] = max(wait, waits.current[source] ?? .zero)
    } else if let peak = waits.current.removeValue(forKey: source) {
      if peak > waits.longest {
        waits.longest = peak
        waits.longestAt = at
      }
    }
    self.waits[master.name] = waits
  }

  /// The nodes that went down within the window, those that did it most often first.
  package func reports(at now: Timestamp) -> [Report] {
    nodes.compactMap { key, node in
      let downs = Self.recent(node.downs, now)
      let ups = Self.recent(node.ups, now)
      guard let last = (downs + ups).max() else { return nil }
      return Report(
        service: key.service, address: key.address, role: node.role, downs: downs.count,
        ups: ups.count, lastAt: last)
    }
    .sorted { ($1.downs, $0.service, $0.address) < ($0.downs, $1.service, $1.address) }
  }

  /// How often the service's master changed within the window.
  package func switchCount(of service: ServiceName, at now: Timestamp) -> Int {
    Self.recent(switches[service] ?? [], now).count
  }

  /// How often the Sentinel distrusted its clock within the window.
  package func tiltCount(of sentinel: NodeAddress, at now: Timestamp) -> Int {
    Self.recent(tilts[sentinel] ?? [], now).count
  }

  /// How near the service's master came to being held down; nil where it isn't watched.
  package func almostDown(_ service: ServiceName, at now: Timestamp) -> AlmostDown? {
    guard let waits = waits[service] else { return nil }
    return AlmostDown(
      downAfter: waits.downAfter, longest: waits.longest, at: waits.longestAt,
      watched: now.duration(since: waits.since), samples: waits.samples,
      proposed: Self.proposal(waits))
  }

  private static func proposal(_ waits: Waits) -> Duration? {
    let needed = waits.longest * 3 / 2
    guard waits.longest > .zero, needed > waits.downAfter else { return nil }
    // To the next half second.
    return .milliseconds((needed.inMilliseconds + 499) / 500 * 500)
  }

  private static func recent(_ moments: [Timestamp], _ now: Timestamp) -> [Timestamp] {
    moments.filter { now.duration(since: $0) <= window }
  }
}
