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
    case .switched: "switched" + switchedCount
    case .home: "everybody home"
    case .leftBehind: "switched, not everybody came home"
    case .recovered: incident.isFailover ? "old master recovered" : "recovered"
    case .aborted: "aborted"
    case .forgotten: "no longer monitored"
    case .unwatched: "nobody watched"
    }
  }

  /// How many of the Sentinels have moved to the new master, until all have.
  private var switchedCount: String {
    let missing = incident.notYetSwitched.count
    let done = incident.switches.count
    return missing == 0 ? "" : " \(done)/\(done + missing)"
  }

  /// `✖ Failover of session · running · automatic · s2 leads · epoch 7 · no writable master for 1.31 s`:
  /// where there is little room, first the epoch goes, then the cause, then who leads.
  func title(in columns: Int) -> Text {
    let head =
      .symbol(role) + Text(" ") + Text(incident.isFailover ? "Failover of " : "Trouble of ")
      + Text(incident.service.shown, .title)
    let parts: [(text: Text?, isKept: Int)] = [
      (head, 5), (Text(stageWords, role), 5), (cause, 2), (lead, 3), (epoch, 1), (withoutMaster, 4),
      (twoMasters, 4),
    ]
    let forms = (0...4).map { least in
      parts.filter { $0.isKept > least }.compactMap(\.text).joined(separator: Self.separator)
    }
    return forms.first { $0.columns <= columns } ?? forms[3]
  }

  /// `✖ session · running · automatic · s2 leads · epoch 7`.
  var headline: Text {
    let head = .symbol(role) + Text(" ") + Text(incident.service.shown, .title)
    return [head, Text(stageWords, role), cause, lead, epoch].compactMap(\.self)
      .joined(separator: Self.separator)
  }

  private var cause: Text? { incident.cause.map { Text($0.rawValue) } }
  private var lead: Text? {
    leader.map { Text("\($0) \(incident.isOpen ? "leads" : "led")") }
  }
  private var epoch: Text? { incident.epoch.map { Text("epoch \($0)") } }

  /// `↻ session failover: promoted 1/2 · no master 1.31 s`, in fewer words where there is little room.
  func brief(in columns: Int) -> Text {
    let head = .symbol(role) + Text(" ") + Text(incident.service.shown, .title) + " "
    let time = incident.withoutMaster(at: state.now) ?? .zero
    let figures = ["no master", "down"].map { word -> Text in
      if incident.hasTwoMasters { return Self.separator + Text("two masters", .warning) }
      guard time > .zero else { return "" }
      return Self.separator
        + Text("\(word) \(Seconds.words(time)) s", incident.isWithoutMaster ? role : .text)
    }
    let steps = briefSteps.map { Text($0, role) }
    let forms = steps.flatMap { step in figures.map { head + step + $0 } } + steps.map { head + $0 }
    return forms.first { $0.columns <= columns } ?? head + (steps.last ?? "")
  }

  /// How far it is, in fewer and fewer words.
  private var briefSteps: [String] {
    switch incident.stage {
    case .running:
      let phase = incident.phases.last { $0.kind.isOfChain && $0.state == .running }
      return (phase.map { ["failover: \($0.head)"] } ?? []) + ["failover"]
    case .home: return ["failed over"]
    default: return [stageWords]
    }
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
    parts += figures
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

  /// How long nobody could write, and how long what was written may have been lost.
  var figures: [Text] { [withoutMaster, twoMasters].compactMap(\.self) }

  /// `two masters for 8.07 s`.
  private var twoMasters: Text? {
    incident.twoMasters(at: state.now).map {
      Text(
        "two masters for \(Seconds.words($0)) s", incident.hasTwoMasters ? .warning : .text)
    }
  }

  /// `no writable master for 1.31 s`.
  private var withoutMaster: Text? {
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
      .map { "\($0.key): \($0.value.words)" }.joined(separator: ", ")
    return .symbol(incident.isOpen ? .running : .warning)
      + Text(" \(incident.isOpen ? "waiting for" : "didn't come home:") \(words)", .dim)
  }
}

extension Phase {
  /// Its title, with how many have arrived.
  var head: String {
    guard let progress else { return title }
    return "\(title) \(progress.done)" + (progress.of.map { "/\($0)" } ?? "")
  }

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
