import SentinelInsight
import SentinelLab
import SentinelModel
import Testing

/// Holds the phases of an incident against what plain subscribers heard of it.
struct TimelineTrial {
  /// Moments and stretches of the incident that differ from what was heard, and by how much.
  private(set) var differences: [(what: String, by: Duration)] = []
  let incident: Incident
  /// What announces that a phase has begun, in the words of the Sentinels.
  private static let beginnings: [(Phase.Kind, String)] = [
    (.sDown, "+sdown"), (.oDown, "+odown"), (.voting, "+try-failover"),
    (.elected, "+elected-leader"), (.selected, "+selected-slave"),
    (.ordered, "+failover-state-wait-promotion"), (.promoted, "+promoted-slave"),
    (.ended, "+failover-end"),
  ]
  private static let tolerance = Duration.milliseconds(250)

  /// Nil until all that belongs to a failover was heard: its end, and everybody's switch.
  init?(_ incident: Incident, _ heard: [Listeners.Announcement], sentinels: Int) {
    self.incident = incident
    let switches = heard.filter { $0.channel == "+switch-master" }.map(\.at)
    guard let leader = heard.first(where: { $0.channel == "+failover-end" })?.sentinel,
      let firstSwitch = switches.min(), let lastSwitch = switches.max(),
      switches.count == sentinels
    else { return nil }
    hold(incident.leader == leader, "\(leader) led, but not by the incident")
    let milestones = Self.milestones(heard, leader, incident)
    let chain = incident.phases.filter(\.kind.isOfChain)
    hold(
      chain.map(\.kind) == milestones.map(\.kind),
      "\(chain.map(\.kind)), but heard \(milestones.map(\.kind))")
    hold(
      zip(chain, chain.dropFirst()).allSatisfy { $0.start <= $1.start },
      "the phases don't follow each other")
    for (phase, milestone) in zip(chain, milestones) {
      compare("\(phase.title) begins", phase.start, milestone.at)
    }
    let next = milestones.dropFirst().map(\.at) + milestones.suffix(1).map(\.at)
    for ((phase, milestone), next) in zip(zip(chain, milestones), next) {
      compare(
        "\(phase.title) lasts", phase.duration(at: next), next.duration(since: milestone.at))
    }
    let switched = incident.phases.first { $0.kind == .switched }
    compare("the first switch", switched?.start, firstSwitch)
    compare("the last switch", switched?.end, lastSwitch)
    compare("all agree", incident.untilAgreed, milestones[0].at.distance(to: lastSwitch))
    compareHeadline(milestones, firstSwitch)
  }

  /// When what was first heard: of the leader's own steps, the last before its end.
  private static func milestones(
    _ heard: [Listeners.Announcement], _ leader: NodeAddress, _ incident: Incident
  ) -> [(kind: Phase.Kind, at: Timestamp)] {
    let subject =
      "master \(incident.service) \(incident.oldMaster.host) \(incident.oldMaster.port)"
    let found = beginnings.compactMap { kind, channel -> (kind: Phase.Kind, at: Timestamp)? in
      let all = heard.filter { $0.channel == channel }
      if kind == .sDown || kind == .oDown {
        return all.first { $0.payload.hasPrefix(subject) }.map { (kind, $0.at) }
      }
      return all.last { $0.sentinel == leader }.map { (kind, $0.at) }
    }
    return found.sorted { $0.at < $1.at }
  }

  private mutating func compareHeadline(
    _ milestones: [(kind: Phase.Kind, at: Timestamp)], _ firstSwitch: Timestamp
  ) {
    let without = incident.withoutMaster(at: firstSwitch)
    guard let down = milestones.first(where: { $0.kind == .sDown })?.at,
      let downAfter = incident.downAfter
    else { return hold(without == .zero, "there was a master all the time") }
    let promoted = milestones.first { $0.kind == .promoted }?.at ?? firstSwitch
    compare(
      "no master", without, down.distance(to: min(promoted, firstSwitch)) + downAfter)
  }

  private func hold(_ isTrue: Bool, _ words: String) {
    #expect(isTrue, "\(words)")
  }

  private mutating func compare(_ what: String, _ ours: Timestamp?, _ theirs: Timestamp) {
    compare(what, ours.map { theirs.distance(to: $0) }, .zero)
  }

  private mutating func compare(_ what: String, _ ours: Duration?, _ theirs: Duration) {
    guard let ours else {
      Issue.record("\(what): the incident doesn't tell, heard \(theirs)")
      return
    }
    let by = ours < theirs ? theirs - ours : ours - theirs
    #expect(by <= Self.tolerance, "\(what): \(ours), but heard \(theirs)")
    differences.append((what, by))
  }

  /// The largest difference, in words.
  var report: String {
    guard let worst = differences.max(by: { $0.by < $1.by }) else { return "nothing compared" }
    return "\(differences.count) figures of a failover (\(incident.cause?.rawValue ?? "?")): "
      + "the largest difference is \(worst.by.inMicroseconds) µs, \(worst.what)"
  }
}

extension Timestamp {
  fileprivate func distance(to other: Timestamp) -> Duration { other.duration(since: self) }
}
