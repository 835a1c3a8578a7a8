internal import Canvas
internal import SentinelInsight
internal import SentinelModel

/// A master: what keeps a failover from starting, what is due, and each Sentinel's word.
enum MasterDetails {
  static func lines(_ service: ServiceSummary, _ state: State) -> [DetailLine] {
    let (topology, now) = (state.topology, state.now)
    var lines: [DetailLine] = []
    let lists = Blockers.all(of: service.name, in: topology, state.clock, at: now)
    if !lists.isEmpty {
      lines.append(.heading("Would a failover start by itself?"))
      for (index, list) in lists.enumerated() {
        lines.append(.text(Text(list.sentence(in: topology), list.isRunning ? .running : .text)))
        // The conditions of the one that is nearest to it.
        guard index == 0 else { continue }
        lines += list.conditions.map { condition in
          .item(
            mark(condition.state),
            Text(condition.text)
              + Text(condition.evidence.isEmpty ? "" : " · \(condition.evidence)", .dim))
        }
      }
      lines.append(.blank)
    }
    let due = Countdown.all(of: service.name, in: topology, state.clock, at: now)
    if !due.isEmpty {
      lines.append(.heading("Due"))
      lines += due.prefix(8).map { .text(Text($0.words(at: now, in: topology), .running)) }
      lines.append(.blank)
    }
    for vantage in topology.vantages {
      guard let view = vantage.services[service.name] else { continue }
      let who = "By \(topology.label(of: vantage.address)) \(vantage.address)"
      lines.append(.heading(who, now.duration(since: view.masterAt)))
      lines += [.fields(view.master.details), .blank]
    }
    if let node = topology.nodes[service.address] { lines += NodeDetails.lines(node, state) }
    return lines
  }

  private static func mark(_ state: Blockers.State) -> Text {
    switch state {
    case .holds: Text("✓", .healthy)
    case .blocks: Text("✗", .warning)
    case .unknown: Text(Role.unknown.symbol, .unknown)
    }
  }
}
