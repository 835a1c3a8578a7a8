internal import Canvas
internal import SentinelInsight
internal import SentinelModel

/// All services, one a row, those in trouble first.
enum MastersPane {
  static func draw(_ state: State, into grid: inout Grid, in place: Layout.Place) {
    let rows = state.shownServices
    let scroll = state.scrolls[.masters] ?? Scroll()
    let visible = scroll.visible(of: rows.count, in: place.room)
    let inside = PaneFrame.draw(
      .masters, state,
      title: Text("Masters") + PaneFrame.counted(rows.count, of: state.services.count),
      trailing: PaneFrame.position(visible, of: rows.count), into: &grid, in: place)
    guard !rows.isEmpty else {
      let words =
        state.services.isEmpty ? emptyWords(state) : PaneFrame.nothingMatches(.masters, state)
      PaneFrame.draw(words, into: &grid, in: inside)
      return
    }
    table(state, width: inside.columns).draw(into: &grid, in: inside)
  }

  static func table(_ state: State, width: Int) -> Table<ServiceSummary> {
    let columns = state.arranged(columns(state, width: width), of: .masters)
    return Table(
      columns, rows: state.shownServices,
      selected: state.selectedService.row(in: state.shownServices, by: \.name),
      isFocused: state.pane == .masters, scroll: state.scrolls[.masters] ?? Scroll(),
      sorting: state.view(of: .masters).sorting(columns),
      isChanged: state.changed(in: .masters) { $0.name.rawValue })
  }

  static func columns(_ state: State, width: Int) -> [Column<ServiceSummary>] {
    let failovers = state.running()
    let (topology, now) = (state.topology, state.now)
    // Whatever the state is, the columns beside it stay.
    let room = StateRoom(width)
    return [
      Column("", .fixed(1), priority: 10) { .symbol($0.role) },
      Column("NAME", .fit(min: 4, max: max(8, min(width, 400) / 3)), priority: 9) {
        Text($0.name.shown, $0.health == .unknown ? .dim : .text)
      },
      Column("ADDRESS", .fit(min: 9, max: 48), priority: 7) {
        Text($0.address.description, $0.health == .unknown ? .dim : .text)
      },
      Column("STATE", .fit(min: 5, max: room.columns), priority: 8) { service in
        let running = failovers.last { $0.service == service.name }
        return stateWords(service, running, room)
      },
      Column(
        "QUORUM", .fit(min: 6, max: 8), priority: 6
      ) {
        Text(
          "\($0.usableSentinels) of \($0.quorum)",
          $0.health == .unknown ? .dim : $0.lacksQuorum ? .critical : .text)
      } number: {
        Double($0.usableSentinels)
      },
      Column(
        "REPL", .fit(min: 4, max: 7), priority: 4
      ) { service in
        let up = service.replicasUp.map(String.init) ?? "–"
        let isShort = service.replicasUp.map { $0 < service.replicasKnown } ?? false
        return Text(
          "\(up)/\(service.replicasKnown)",
          service.health == .unknown ? .dim : isShort ? .warning : .text)
      } number: {
        $0.replicasUp.map(Double.init)
      },
      Column(
        "AGREE", .fixed(5), priority: 5
      ) { service in
        guard let agreement = service.agreement else { return Text("–", .dim) }
        return Text(
          "\(agreement.agree.count)/\(agreement.of)", agreement.isComplete ? .text : .warning)
      } number: {
        $0.agreement.map { Double($0.agree.count) / Double(max(1, $0.of)) }
      },
      Column(
        "EPOCH", .fit(min: 5, max: 20), .right, priority: 2, in: .pieces
      ) {
        Text("\($0.configEpoch)", $0.health == .unknown ? .dim : .text)
      } number: {
        Double($0.configEpoch)
      },
      Column(
        "LAST FAILOVER", .fit(min: 13, max: 24), priority: 1
      ) { service in
        guard let last = lastFailover(of: service, state) else { return Text("–", .dim) }
        let age = Ages.words(now.duration(since: last.startedAt))
        return Text("\(age) ago" + (last.cause.map { ", \($0.rawValue)" } ?? ""))
      } number: {
        lastFailover(of: $0, state).map { now.duration(since: $0.startedAt).seconds }
      },
      Column(
        "DOWN AFTER", .fit(min: 10, max: 10), .right, priority: 0, field: "down-after", in: .seconds
      ) { service in
        settings(of: service, topology).map { Text(Ages.fine($0.report.downAfter)) }
          ?? Text("–", .dim)
      } number: {
        settings(of: $0, topology)?.report.downAfter.seconds
      },
      Column(
        "TIMEOUT", .fit(min: 7, max: 8), .right, priority: 0, in: .seconds
      ) { service in
        settings(of: service, topology).map { Text(Ages.fine($0.failoverTimeout)) }
          ?? Text("–", .dim)
      } number: {
        settings(of: $0, topology)?.failoverTimeout.seconds
      },
    ]
  }

  /// How much is said of a state.
  private enum StateRoom {
    case little, some, much

    init(_ width: Int) {
      self = width >= 96 ? .much : width >= 72 ? .some : .little
    }

    var columns: Int {
      switch self {
      case .little: 11
      case .some: 20
      case .much: 34
      }
    }
  }

  private static func lastFailover(of service: ServiceSummary, _ state: State) -> Incident? {
    state.incidents.last { $0.service == service.name && $0.isFailover }
  }

  /// The settings of the first Sentinel that knows them.
  private static func settings(of service: ServiceSummary, _ topology: Topology) -> MasterState? {
    topology.vantages.lazy.compactMap { $0.services[service.name]?.master }.first
  }

  private static func stateWords(
    _ service: ServiceSummary, _ running: FailoverProgress?, _ room: StateRoom
  ) -> Text {
    let step: String?
    if let failover = service.failover {
      step = room == .much ? failover.step.description : failover.step.shortWord
    } else if let running {
      step = if case .switched = running.stage { "settling" } else { "begun" }
    } else {
      step = nil
    }
    if let step { return Text(room == .little ? step : "↻ failover, \(step)", .running) }
    let word = service.health.word
    guard service.health == .sDown, let agreement = service.agreement else {
      return Text(word, service.health.role)
    }
    return Text("\(word) \(service.sDownCount)/\(agreement.of)", service.health.role)
  }

  /// Why there is nothing to show, and what can be done about it.
  static func emptyWords(_ state: State) -> [Text] {
    let vantages = state.topology.vantages
    let lost = vantages.compactMap { vantage -> Text? in
      guard case .unreachable(let since, let reason) = vantage.contact else { return nil }
      let age = Ages.words(state.now.duration(since: since))
      return .symbol(.warning) + Text(" \(vantage.address): ") + Text(reason, .warning)
        + Text(", for \(age)", .dim)
    }
    let connecting = vantages.filter { $0.contact == .connecting }.map(\.address.description)
    if vantages.isEmpty { return [Text("No Sentinel was named.", .warning)] }
    if state.tally.reachable > 0 {
      let isAsked = vantages.contains { $0.isReachable && $0.roundTrip == nil }
      return isAsked
        ? [Text("Asking what is monitored …", .dim)]
        : [
          Text("No master is monitored."), "",
          Text("A Sentinel learns of one with", .dim),
          Text("redis-cli -p 26379 SENTINEL MONITOR name host port quorum", .accent),
        ]
    }
    let waiting =
      connecting.isEmpty
      ? [] : [Text("Connecting to \(connecting.joined(separator: ", ")) …", .dim)]
    if lost.isEmpty { return waiting }
    return [
      Text(connecting.isEmpty ? "No Sentinel answers." : "No Sentinel answers yet.", .warning)
    ]
      + lost + waiting + [
        "", Text("It is tried again and again; nothing needs to be done here.", .dim),
      ]
  }

  /// The cells that are watched for changes.
  static func watched(_ state: State) -> [(Changes.Cell, String)] {
    guard let place = state.layout.panes[.masters] else { return [] }
    let columns = columns(state, width: place.inside.columns).filter { !$0.title.isEmpty }
      .filter { $0.field != "last failover" }
    let scroll = state.scrolls[.masters] ?? Scroll()
    return scroll.visible(of: state.shownServices.count, in: place.room).flatMap { index in
      let row = state.shownServices[index]
      return columns.map {
        (
          Changes.Cell(pane: .masters, row: row.name.rawValue, column: $0.title),
          $0.text(row).plain
        )
      }
    }
  }
}

extension FailoverState {
  /// The step in one word.
  var shortWord: String {
    switch self {
    case .none: "failover"
    case .waitStart: "voting"
    case .selectReplica: "select"
    case .sendReplicaOfNoOne, .waitPromotion: "promote"
    case .reconfigureReplicas: "reconf"
    case .updateConfiguration: "switch"
    case .other(let word): word
    }
  }
}
