internal import Canvas
internal import SentinelInsight
internal import SentinelModel

/// The Sentinels of the selected service, and the master as each of them sees it.
enum SentinelsPane {
  static func draw(_ state: State, into grid: inout Grid, in place: Layout.Place) {
    let rows = state.shownSentinels
    let scroll = state.scrolls[.sentinels] ?? Scroll()
    let room = state.listRoom(of: .sentinels, in: place)
    let inside = PaneFrame.draw(
      .sentinels, state,
      title: PaneFrame.title(
        .sentinels, of: state, PaneFrame.counted(rows.count, of: state.sentinels.count)),
      trailing: PaneFrame.position(scroll.visible(of: rows.count, in: room), of: rows.count),
      into: &grid, in: place)
    if rows.isEmpty, !state.sentinels.isEmpty {
      return PaneFrame.draw(PaneFrame.nothingMatches(.sentinels, state), into: &grid, in: inside)
    }
    let notes = notes(state)
    table(state, width: inside.columns).draw(into: &grid, in: list(state, in: place))
    let below = min(rows.count, room) + inside.rows - place.room
    let margin = inside.columns >= 20 ? 1 : 0
    let rest = inside.inset(left: margin, top: below, right: margin)
    for (row, note) in notes.prefix(rest.rows).enumerated() { grid.put(note, in: rest.row(row)) }
  }

  /// Where the table is; what has to be said stands below it.
  static func list(_ state: State, in place: Layout.Place) -> Rect {
    let inside = place.inside
    let room = state.listRoom(of: .sentinels, in: place)
    return Rect(
      left: inside.left, top: inside.top, columns: inside.columns,
      rows: min(inside.rows, room + inside.rows - place.room))
  }

  static func table(_ state: State, width: Int) -> Table<SentinelSummary> {
    let rows = state.shownSentinels
    let isFocused = state.pane == .sentinels
    let columns = state.arranged(columns(state, width: width), of: .sentinels)
    return Table(
      columns, rows: rows,
      selected: isFocused ? state.selectedSentinel.row(in: rows, by: \.address) : nil,
      isFocused: isFocused, scroll: state.scrolls[.sentinels] ?? Scroll(),
      sorting: state.view(of: .sentinels).sorting(columns),
      placeholder: "No Sentinel knows this service.",
      isChanged: state.changed(in: .sentinels) { $0.address.description })
  }

  static func columns(_ state: State, width: Int) -> [Column<SentinelSummary>] {
    let (now, trends, symbols) = (state.now, state.trends, state.symbols)
    let master = state.service?.address
    let ofService: Set = ["MASTER IT SEES", "EPOCH", "HELLO"]
    let columns: [Column<SentinelSummary>] = [
      Column("", .fixed(1), priority: 10) { .symbol($0.role) },
      Column("", .fit(min: 2, max: 4), priority: 10, field: "name") {
        Text($0.label ?? "–", .accent)
      },
      Column("ADDRESS", .fit(min: 15, max: 48), priority: 7) {
        Text($0.address.description, $0.isReachable ? .text : .dim)
      },
      Column("STATE", .fit(min: 5, max: 10), priority: 9) { stateWords($0, now) },
      Column("MASTER IT SEES", .fit(min: 14, max: 54), priority: 8, field: "master") {
        masterWords($0, master)
      },
      Column(
        "EPOCH", .fit(min: 5, max: 20), .right, priority: 6, in: .pieces
      ) { sentinel in
        sentinel.master.map {
          Text("\($0.configEpoch)", sentinel.isReachable ? .text : .dim)
        } ?? Text("–", .dim)
      } number: {
        $0.master.map { Double($0.configEpoch) }
      },
      Column(
        "RTT", .fit(min: 5, max: 6), .right, priority: 5, in: .seconds
      ) { sentinel in
        guard sentinel.isReachable, let time = sentinel.vantage?.roundTrip else {
          return Text("–", .dim)
        }
        return Text(Ages.fine(time), time > .milliseconds(100) ? .warning : .text)
      } number: {
        $0.isReachable ? $0.vantage?.roundTrip?.seconds : nil
      },
      Column("HELLO", .fixed(5), .right, priority: 4, in: .seconds) {
        guard let age = $0.sinceHello else { return Text("–", .dim) }
        return Text(Ages.words(age), age > .seconds(10) ? .warning : .text)
      } number: {
        $0.sinceHello?.seconds
      },
      Column("TREND", .fixed(12), priority: 3, field: "") {
        trends.sparkline(of: .roundTrip($0.address), columns: 12, symbols, until: now)
      },
      Column("VERSION", .fit(min: 7, max: 10), priority: 2) {
        Text($0.vantage?.identity?.version ?? "–", .dim)
      },
      Column(
        "QUORUM", .fixed(6), .right, priority: 1, in: .pieces
      ) {
        $0.master.map { Text("\($0.quorum)") } ?? Text("–", .dim)
      } number: {
        $0.master.map { Double($0.quorum) }
      },
      Column("ID", .fit(min: 8, max: 40), priority: 0) { Text($0.id ?? "–", .dim) },
    ]
    return master == nil ? columns.filter { !ofService.contains($0.title) } : columns
  }

  @Sendable private static func stateWords(_ sentinel: SentinelSummary, _ now: Timestamp) -> Text {
    switch sentinel.vantage?.contact {
    case .unreachable(let since, _):
      return Text("down \(Ages.words(now.duration(since: since)))", .warning)
    case .connecting: return Text("connecting", .unknown)
    case .reachable where sentinel.vantage?.isTilted == true: return Text("tilt", .warning)
    case .reachable, nil:
      if sentinel.sDownCount > 0 {
        return Text("sdown \(sentinel.sDownCount)/\(sentinel.listedBy)", .warning)
      }
      return sentinel.vantage == nil ? Text("hearsay", .unknown) : Text("up", .healthy)
    }
  }

  private static func masterWords(_ sentinel: SentinelSummary, _ agreed: NodeAddress?) -> Text {
    guard let master = sentinel.master else {
      return Text(sentinel.isReachable ? "none" : "–", sentinel.isReachable ? .warning : .dim)
    }
    let health = Health(master.report)
    guard sentinel.isReachable else {
      return Text("\(master.address) \(health.word)", .dim)
    }
    let address = Text("\(master.address)", master.address == agreed ? .text : .warning)
    return address + " " + Text(health.word, health.role)
  }

  /// What has to be said of Sentinels that don't fare well, a line for each.
  static func notes(_ state: State) -> [Text] {
    state.sentinels.compactMap { sentinel in
      guard let vantage = sentinel.vantage else { return nil }
      let label = Text("\(sentinel.label ?? "") ", .accent)
      if case .unreachable(_, let reason) = vantage.contact {
        let heard = vantage.lastHeard.map {
          "heard \(Ages.words(state.now.duration(since: $0))) ago"
        }
        return label + Text(reason, .warning) + Text(" · \(heard ?? "never heard")", .dim)
      }
      if vantage.isReachable, vantage.isTilted == true {
        return label + Text("distrusts its clock and decides nothing for 30 s", .warning)
      }
      if case .refused(let reason) = vantage.hearing {
        return label + Text("lets nobody hear its events: \(reason)", .warning)
      }
      return nil
    }
  }

  /// The cells that are watched for changes.
  static func watched(_ state: State) -> [(Changes.Cell, String)] {
    guard let place = state.layout.panes[.sentinels] else { return [] }
    let columns = columns(state, width: place.inside.columns)
      .filter { ["STATE", "MASTER IT SEES", "EPOCH"].contains($0.title) }
    let scroll = state.scrolls[.sentinels] ?? Scroll()
    let room = state.listRoom(of: .sentinels, in: place)
    return scroll.visible(of: state.shownSentinels.count, in: room).flatMap { index in
      columns.map { column in
        let cell = Changes.Cell(
          pane: .sentinels, service: state.selectedService.name,
          row: state.shownSentinels[index].address.description, column: column.title)
        let text = column.text(state.shownSentinels[index]).plain
        return (cell, column.title == "STATE" ? String(text.prefix { $0 != " " }) : text)
      }
    }
  }
}

extension SentinelSummary {
  /// How it fares, as a role with a symbol.
  var role: Role {
    if isReachable, vantage?.isTilted == true || vantage?.isDeaf == true { return .warning }
    return health.role
  }
}

extension Vantage {
  fileprivate var isDeaf: Bool { if case .refused = hearing { true } else { false } }
}
