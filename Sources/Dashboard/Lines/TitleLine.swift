internal import Canvas
internal import SentinelInsight
internal import SentinelModel

/// The uppermost line: where we are, and how well the whole is.
enum TitleLine {
  static func draw(_ state: State, into grid: inout Grid, in rect: Rect) {
    guard !rect.isEmpty else { return }
    grid.fill(rect, on: .bar)
    let margin = rect.columns >= 20 ? 1 : 0
    let room = rect.inset(left: margin, right: margin)
    let fitting = Detail.all.lazy.map { $0.parts(of: state) }.first { $0.columns <= room.columns }
    let (left, alerts, right) = (fitting ?? Detail.least.parts(of: state)).texts
    grid.put(left, in: room)
    let rest = room.inset(left: left.isEmpty ? 0 : left.columns + 2)
    let end = right.isEmpty ? 0 : right.columns + 2
    // At the same place for as long as there is room, and never into its neighbours.
    let spare = rest.columns - end - alerts.columns
    let shift = min(max(0, spare), max(0, room.left + room.columns / 2 - rest.left))
    grid.put(alerts, in: rest.inset(left: shift))
    grid.put(right, in: room, .right)
  }

  /// How much is said: less and less, the narrower the screen is.
  private struct Detail {
    var hasProgram = true
    var hasDeployment = true
    /// Sentinels, masters, replicas; 0 is the Sentinels' figures alone.
    var counts = 3
    var hasWords = true
    /// Access, clock, interval.
    var right = 3

    static let least = Detail(
      hasProgram: false, hasDeployment: false, counts: 0, hasWords: false, right: 0)

    static let all = [
      Detail(), Detail(right: 2), Detail(counts: 2, right: 2), Detail(counts: 1, right: 2),
      Detail(counts: 0, right: 2), Detail(counts: 0, hasWords: false, right: 2),
      Detail(hasProgram: false, counts: 0, hasWords: false, right: 2),
      Detail(hasProgram: false, counts: 0, hasWords: false, right: 1),
    ]

    func parts(of state: State) -> (texts: (left: Text, alerts: Text, right: Text), columns: Int) {
      let texts = (left(state), TitleLine.alerts(state, hasWords: hasWords), right(state))
      return (texts, texts.0.columns + texts.1.columns + texts.2.columns + 4)
    }

    private func left(_ state: State) -> Text {
      let tally = state.tally
      var parts: [Text] = []
      if hasProgram { parts.append(Text("sentop", .title)) }
      if hasDeployment {
        var name = Text(state.deployment, .accent)
        if state.layout.tabs != nil, state.pane == .replicas || state.pane == .sentinels,
          let service = state.service?.name
        {
          name += Text(" · \(service.shown)")
        }
        parts.append(name.truncated(to: 30))
      }
      let sentinels = Text(
        "\(tally.reachable)/\(tally.sentinels)",
        tally.reachable < tally.sentinels ? .warning : .text)
      parts.append(
        counts > 0 ? sentinels + Text(tally.sentinels == 1 ? " sentinel" : " sentinels") : sentinels
      )
      if counts > 1 { parts.append(TitleLine.count(tally.masters, "master")) }
      if counts > 2 { parts.append(TitleLine.count(tally.replicas, "replica")) }
      return parts.joined(separator: "  ")
    }

    private func right(_ state: State) -> Text {
      var parts: [Text] = []
      let clock = Clock.time(state.now, utcOffset: state.utcOffset)
      guard state.playback.isLive else {
        // The past must never be taken for now, however narrow the screen is.
        let age = Ages.words(state.present.duration(since: state.now))
        let words = right > 1 ? "PAST \(clock), \(age) ago" : "PAST \(age)"
        return Text(words, .question)
      }
      if right > 2 { parts.append(Text(Ages.words(state.interval), .dim)) }
      if right > 1 { parts.append(Text(clock)) }
      if right > 0 {
        parts.append(state.access.isUnlocked ? Text("RW", .dim) : Text("RO", .accent))
      }
      return parts.joined(separator: "   ")
    }
  }

  private static func alerts(_ state: State, hasWords: Bool) -> Text {
    let tally = state.tally
    if tally.reachable == 0 {
      let isTrying = tally.connecting > 0
      let role: Role = isTrying ? .unknown : .critical
      let words = isTrying ? " connecting" : " no Sentinel answers"
      return .symbol(role) + Text(hasWords ? words : "", role)
    }
    func alert(_ count: Int, _ word: String, _ role: Role) -> Text? {
      guard count > 0 else { return nil }
      let words = hasWords ? " " + word + (count == 1 || word == "critical" ? "" : "s") : ""
      return .symbol(role) + Text(" \(count)\(words)", role)
    }
    let alerts = [
      alert(tally.critical, "critical", .critical), alert(tally.failovers, "failover", .running),
      alert(tally.warnings, "warning", .warning),
    ].compactMap { $0 }
    if !alerts.isEmpty { return alerts.joined(separator: "  ") }
    if tally.masters == 0 {
      return .symbol(.unknown) + Text(hasWords ? " nothing monitored" : "", .unknown)
    }
    let remarks = tally.remarks > 0 && hasWords ? Text(" · doctor \(tally.remarks)", .dim) : ""
    return .symbol(.healthy) + Text(hasWords ? " all well" : "", .healthy) + remarks
  }

  private static func count(_ count: Int, _ word: String) -> Text {
    Text("\(count) \(word)\(count == 1 ? "" : "s")")
  }
}
