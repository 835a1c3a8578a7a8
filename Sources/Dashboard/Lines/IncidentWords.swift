internal import Canvas
internal import SentinelInsight
internal import SentinelModel

/// An incident in words: for the strip and for the list.
struct IncidentWords {
  let incident: Incident
  let state: State

  init(_ incident: Incident, _ state: State) {
    self.incident = incident
    self.state = state
  }

  private static let separator = Text(" · ", .dim)

  /// How it stands, as a role with a symbol.
  var role: Role {
    switch incident.stage {
    case .running: incident.isWithoutMaster ? .critical : .running
    case .switched: .running
    case .home: .healthy
    case .leftBehind, .recovered, .aborted: .warning
    case .forgotten, .unwatched: .unknown
    }
  }

  private var stageWords: String {
    switch incident.stage {
    case .running: incident.isFailover ? "running" : "master in doubt"
    case .switched: "switched"
    case .home: "everybody home"
    case .leftBehind: "switched, not everybody came home"
    case .recovered: incident.isFailover ? "old master recovered" : "recovered"
    case .aborted: "aborted"
    case .forgotten: "no longer monitored"
    case .unwatched: "nobody watched"
    }
  }

  /// `✖ Failover of session · running · automatic · s2 leads · epoch 7`.
  var headline: Text {
    var parts = [
      .symbol(role) + Text(" ") + Text(incident.isFailover ? "Failover of " : "Trouble of ")
        + Text(incident.service.shown, .title),
      Text(stageWords, role),
    ]
    if let cause = incident.cause { parts.append(Text(cause.rawValue)) }
    if let leader = leader { parts.append(Text("\(leader) \(incident.isOpen ? "leads" : "led")")) }
    if let epoch = incident.epoch { parts.append(Text("epoch \(epoch)")) }
    return parts.joined(separator: Self.separator)
  }

  private var leader: String? {
    if let address = incident.leader { return state.topology.label(of: address) }
    return incident.leaderID.map(state.topology.label(id:))
  }

  /// From whom to whom, and the two figures that count.
  var facts: Text {
    var parts: [Text] = []
    let arrow = incident.newMaster.map { " → \($0)" } ?? ""
    parts.append(Text("\(incident.oldMaster)\(arrow)", .accent))
    if let figure = withoutMaster { parts.append(figure) }
    if let time = incident.untilAgreed {
      parts.append(Text("all agree after \(Seconds.words(time)) s"))
    } else if incident.newMaster != nil, !incident.notYetSwitched.isEmpty {
      let labels = incident.notYetSwitched.map(state.topology.label(of:)).joined(separator: " ")
      parts.append(Text("\(labels) not on the new master yet", .warning))
    }
    if let time = incident.homeAt.map({ $0.duration(since: incident.startedAt) }) {
      parts.append(Text("everybody home after \(Seconds.words(time)) s"))
    }
    return parts.joined(separator: Self.separator)
  }

  /// `no writable master for 1.31 s`, or how long there were two.
  var withoutMaster: Text? {
    if let two = incident.twoMasters(at: state.now) {
      let isOver = incident.demotedAt != nil
      return Text("two masters for \(Seconds.words(two)) s", isOver ? .text : .warning)
    }
    guard let time = incident.withoutMaster(at: state.now), time > .zero else { return nil }
    return Text(
      "no writable master for \(Seconds.words(time)) s",
      incident.isWithoutMaster ? .critical : .text)
  }

  func failure(of attempt: Attempt) -> Text {
    let who = attempt.leader.map(state.topology.label(of:)) ?? "somebody"
    let epoch = attempt.epoch.map { " in epoch \($0)" } ?? ""
    return .symbol(.warning)
      + Text(" \(who) tried\(epoch): \(attempt.failure?.words ?? "")", .warning)
  }

  /// Who isn't where he belongs.
  var missing: Text? {
    guard incident.newMaster != nil, !incident.missing.isEmpty else { return nil }
    let words = incident.missing.sorted { $0.key < $1.key }
      .map { "\($0.key) \($0.value.words)" }.joined(separator: ", ")
    return .symbol(incident.isOpen ? .running : .warning)
      + Text(" \(incident.isOpen ? "waiting for" : "didn't come home:") \(words)", .dim)
  }
}

extension Phase {
  var role: Role {
    switch state {
    case .running: .running
    case .done: .text
    case .failed: .warning
    }
  }
}

/// Times of an incident: seconds with two digits, so that they can be held against each other.
enum Seconds {
  static func words(_ time: Duration) -> String {
    let hundredths = max(0, (time.inMicroseconds + 5_000) / 10_000)
    if hundredths >= 60_000 { return Ages.words(time) }
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }
}

extension Duration {
  func ratio(to whole: Duration) -> Double {
    min(1, max(0, Double(inMicroseconds) / Double(max(1, whole.inMicroseconds))))
  }
}
