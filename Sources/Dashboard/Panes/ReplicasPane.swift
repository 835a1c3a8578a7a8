internal import Canvas
internal import SentinelInsight
internal import SentinelModel

/// The replicas of the selected service.
enum ReplicasPane {
  static func draw(_ state: State, into grid: inout Grid, in place: Layout.Place) {
    let rows = state.shownReplicas
    let scroll = state.scrolls[.replicas] ?? Scroll()
    let visible = scroll.visible(of: rows.count, in: place.room)
    let count = state.replicas.map { PaneFrame.counted(rows.count, of: $0.count) } ?? ""
    let inside = PaneFrame.draw(
      .replicas, state,
      title: PaneFrame.title(.replicas, of: state, count)
        + (place.rect.columns >= 50 ? source(state) : ""),
      trailing: PaneFrame.position(visible, of: rows.count), into: &grid, in: place)
    guard !rows.isEmpty else {
      let isCutDown = state.replicas?.isEmpty == false
      PaneFrame.draw(
        isCutDown ? PaneFrame.nothingMatches(.replicas, state) : emptyWords(state), into: &grid,
        in: inside)
      return
    }
    table(state, width: inside.columns).draw(into: &grid, in: inside)
  }

  static func table(_ state: State, width: Int) -> Table<ReplicaSummary> {
    let rows = state.shownReplicas
    let isFocused = state.pane == .replicas
    let columns = state.arranged(columns(state, width: width), of: .replicas)
    return Table(
      columns, rows: rows,
      selected: isFocused ? state.selectedReplica.row(in: rows, by: \.address) : nil,
      isFocused: isFocused, scroll: state.scrolls[.replicas] ?? Scroll(),
      sorting: state.view(of: .replicas).sorting(columns),
      isChanged: state.changed(in: .replicas) { $0.address.description })
  }

  static func columns(_ state: State, width: Int) -> [Column<ReplicaSummary>] {
    let isNarrow = width < 44
    let columns = columns(state, isNarrow: isNarrow)
    // There the state says that the link is down.
    return isNarrow ? columns.filter { $0.title != "LINK" } : columns
  }

  private static func columns(_ state: State, isNarrow: Bool) -> [Column<ReplicaSummary>] {
    let (lags, trends, symbols, now) = (state.lags, state.trends, state.symbols, state.now)
    let (topology, outlook) = (state.topology, state.outlook)
    return [
      Column("", .fixed(1), priority: 10) { .symbol($0.role) },
      Column("ADDRESS", .fit(min: 9, max: 48), priority: 9) {
        Text($0.address.description, $0.health == .unknown ? .dim : .text)
      },
      Column("STATE", .fit(min: 5, max: isNarrow ? 9 : 16), priority: 8) {
        isNarrow ? shortStateWords($0) : stateWords($0)
      },
      Column("LINK", .fit(min: 4, max: 9), priority: 7) { replica in
        switch replica.link {
        case .up: Text("ok", replica.health == .up ? .text : .dim)
        case .down(nil): Text("down", .warning)
        case .down(let time?): Text("down \(Ages.words(time))", .warning)
        }
      },
      Column(
        "LAG", .fit(min: 4, max: 9), .right, priority: 6, in: .bytes
      ) {
        $0.saysMaster ? Text("–", .dim) : lag(lags[$0.address], isNarrow: isNarrow)
      } number: {
        lags[$0.address]?.bytes.map(Double.init)
      },
      Column(
        "OFFSET", .fixed(6), .right, priority: 4, in: .bytes
      ) {
        $0.state.replicationOffset == 0
          ? Text("–", .dim)
          : Text(Ages.bytes($0.state.replicationOffset), $0.health == .up ? .text : .dim)
      } number: {
        Double($0.state.replicationOffset)
      },
      Column(
        "PRIO", .fit(min: 4, max: 5), .right, priority: 5, in: .pieces
      ) {
        $0.state.priority == 0 ? Text("never", .dim) : Text("\($0.state.priority)")
      } number: {
        Double($0.state.priority)
      },
      Column(
        "NEXT", .fit(min: 4, max: 10), priority: 7
      ) {
        next(outlook?.prospect(of: $0.address), isNarrow: isNarrow)
      } number: {
        outlook?.prospect(of: $0.address).rank.map(Double.init)
      },
      Column("TREND", .fixed(12), priority: 3, field: "") {
        trends.sparkline(of: .lag($0.address), columns: 12, symbols, until: now)
      },
      Column(
        "ACKED", .fit(min: 5, max: 7), .right, priority: 2, in: .seconds
      ) { replica in
        lags[replica.address]?.time.map { Text(Ages.words($0)) } ?? Text("–", .dim)
      } number: {
        lags[$0.address]?.time?.seconds
      },
      Column(
        "INFO", .fit(min: 4, max: 6), .right, priority: 1, in: .seconds
      ) {
        $0.state.sinceInfo.map { Text(Ages.words($0)) } ?? Text("–", .dim)
      } number: {
        $0.state.sinceInfo?.seconds
      },
      Column("FOLLOWS", .fit(min: 9, max: 48), priority: 1) {
        Text($0.state.masterAddress?.description ?? "–", .dim)
      },
      Column("VERSION", .fit(min: 7, max: 10), priority: 0) {
        Text(topology.nodes[$0.address]?.info?.value.version ?? "–", .dim)
      },
    ]
  }

  /// Where the lags come from and how old they are, of the one that was told last.
  private static func source(_ state: State) -> Text {
    guard let youngest = state.lags.values.min(by: { $0.age < $1.age }) else { return "" }
    let age = youngest.age < .seconds(2) ? "" : " \(Ages.words(youngest.age)) old"
    return Text(" · lag by \(youngest.source.word)\(age)", .dim)
  }

  private static func lag(_ lag: Lag?, isNarrow: Bool) -> Text {
    guard let lag else { return Text("–", .dim) }
    if lag.isSyncing {
      return Text(lag.syncPercent.map { "sync \(Int($0))%" } ?? "syncing", .running)
    }
    if lag.isForeign { return Text("foreign", .warning) }
    guard let bytes = lag.bytes else { return Text("–", .dim) }
    let isOld = lag.age > .seconds(20)
    let isLate = lag.time.map { $0 > .seconds(10) } ?? false
    // What the title LAG counts are bytes, also where there is no room to say so.
    return Text(
      Ages.bytes(bytes) + (isNarrow ? "" : " B"), isOld ? .dim : isLate ? .warning : .text)
  }

  /// Its place among those that would be promoted, or why it wouldn't be.
  private static func next(_ prospect: Prospect?, isNarrow: Bool) -> Text {
    guard let prospect else { return Text("–", .dim) }
    guard let rank = prospect.rank else {
      return prospect.rejection.map {
        Text(isNarrow ? $0.shortWord : $0.word, $0 == .priorityZero ? .dim : .warning)
      } ?? Text("–", .dim)
    }
    // Sentinels that see different things choose differently: then it matters who leads.
    let isDisputed = prospect.isDisputed
    return Text(
      Measure.ordinal(rank) + (isDisputed ? "?" : ""), isDisputed ? .warning : .text)
  }

  @Sendable private static func stateWords(_ replica: ReplicaSummary) -> Text {
    let flags = replica.state.flags
    if replica.health == .sDown, replica.sDownCount < replica.listedBy {
      return Text("sdown \(replica.sDownCount)/\(replica.listedBy)", .warning)
    }
    if replica.health != .up { return Text(replica.health.word, replica.health.role) }
    if flags.contains(.promoted) { return Text("promoted", .running) }
    if flags.contains(.reconfInProgress) { return Text("syncing", .running) }
    if flags.contains(.reconfSent) { return Text("told to follow", .running) }
    if replica.saysMaster { return Text("says master", .warning) }
    return Text("up", .healthy)
  }

  /// Without a column for the link, it is said here.
  @Sendable private static func shortStateWords(_ replica: ReplicaSummary) -> Text {
    guard replica.health == .up, replica.role == .warning else { return stateWords(replica) }
    return Text(replica.saysMaster ? "is master" : "link down", .warning)
  }

  private static func emptyWords(_ state: State) -> [Text] {
    guard state.service != nil else { return [Text("–", .dim)] }
    if state.replicas == nil {
      return [Text(state.tally.reachable > 0 ? "Asking …" : "Never asked.", .dim)]
    }
    return [Text("No replica: nothing could take over.", .warning)]
  }

  /// The cells that are watched for changes. Offset and age change all the time.
  static func watched(_ state: State) -> [(Changes.Cell, String)] {
    guard let place = state.layout.panes[.replicas] else { return [] }
    let replicas = state.shownReplicas
    let columns = columns(state, width: place.inside.columns).filter {
      ["STATE", "LINK", "PRIO", "NEXT"].contains($0.title)
    }
    let scroll = state.scrolls[.replicas] ?? Scroll()
    return scroll.visible(of: replicas.count, in: place.room).flatMap { index in
      columns.map { column in
        let cell = Changes.Cell(
          pane: .replicas, service: state.selectedService.name,
          row: replicas[index].address.description, column: column.title)
        // How long a link is down changes all the time, too.
        let text = column.text(replicas[index]).plain
        return (cell, column.title == "LINK" ? String(text.prefix(4)) : text)
      }
    }
  }
}

extension ReplicaSummary {
  /// Whether the node says of itself that it is no replica.
  var saysMaster: Bool { state.reportedRole == .master }

  /// How it fares, as a role with a symbol.
  var role: Role {
    if health != .up { return health.role }
    let flags = state.flags
    if flags.contains(.promoted) || flags.contains(.reconfSent)
      || flags.contains(.reconfInProgress)
    {
      return .running
    }
    return saysMaster || !link.isUp ? .warning : .healthy
  }
}
