internal import Canvas
internal import SentinelInsight

/// The frame that all panes share, and what stands in it besides the rows.
enum PaneFrame {
  /// Draws the frame, if the pane has one, and gives the room inside.
  static func draw(
    _ pane: Pane, _ state: State, title: Text, trailing: Text = "", into grid: inout Grid,
    in place: Layout.Place
  ) -> Rect {
    guard place.isFramed else { return place.inside }
    let isFocused =
      state.mode.page == nil
      ? state.pane == pane && !state.mode.kind.isInFront : state.mode.page == .events
    let frame = Frame(
      title + view(pane, state), trailing: trailing, isFocused: isFocused, joins: true)
    return frame.draw(into: &grid, in: place.rect)
  }

  /// ` · /text` and ` · problems`, where not all rows are shown.
  private static func view(_ pane: Pane, _ state: State) -> Text {
    let view = state.view(of: pane)
    var text = Text()
    if view.onlyProblems { text += Text(" · ", .dim) + Text("problems", .match) }
    if let filter = view.filter {
      text +=
        Text(" · ", .dim)
        + Text(filter.text.hasPrefix("/") ? filter.text : "/\(filter.text)", .match)
    }
    return text
  }

  /// `2`, or `2/10` where not all are shown.
  static func counted(_ shown: Int, of all: Int) -> Text {
    shown == all ? Text(" \(all)", .dim) : Text(" ") + Text("\(shown)/\(all)", .match)
  }

  /// What stands there where rows are left out and none remains.
  static func nothingMatches(_ pane: Pane, _ state: State) -> [Text] {
    let view = state.view(of: pane)
    let what = view.filter.map { "Nothing matches \($0.text)." } ?? "No problems here."
    return [Text(what, .dim), Text("\(state.keyName(of: .clear)) shows everything.", .dim)]
  }

  /// `Replicas of session 2`.
  static func title(_ pane: Pane, of state: State, _ count: Text) -> Text {
    var title = Text(pane.title)
    if let service = state.service?.name { title += Text(" of ", .dim) + Text(service.shown) }
    return title + count
  }

  static func counted(_ count: Int?) -> Text { count.map { Text(" \($0)", .dim) } ?? "" }

  /// Which rows are in view, where not all are.
  static func position(_ visible: Range<Int>, of count: Int) -> Text {
    visible.count >= count || visible.isEmpty
      ? "" : Text("\(visible.lowerBound + 1)–\(visible.upperBound) of \(count)", .dim)
  }

  /// Lines of text where there are no rows, as far as they fit.
  static func draw(_ lines: [Text], into grid: inout Grid, in rect: Rect) {
    let margin = rect.columns >= 20 ? 1 : 0
    let room = rect.inset(left: margin, right: margin)
    let wrapped = lines.flatMap {
      $0.isEmpty ? [$0] : $0.wrapped(to: room.columns, limit: rect.rows)
    }
    for (row, line) in wrapped.prefix(room.rows).enumerated() { grid.put(line, in: room.row(row)) }
  }
}

extension ListView {
  /// How a table shows by which column it is ordered.
  func sorting<Row>(_ columns: [Column<Row>]) -> TableSorting? {
    sorting.flatMap { sorting in
      columns.first { $0.field == sorting.field }.map {
        TableSorting(title: $0.title, isDescending: sorting.isDescending)
      }
    }
  }
}

extension State {
  /// The columns in the order that a person wants; those without a title lead, and always stay.
  func arranged<Row>(_ columns: [Column<Row>], of pane: Pane) -> [Column<Row>] {
    guard let titles = columnTitles[pane], !titles.isEmpty else { return columns }
    return columns.filter(\.title.isEmpty)
      + titles.compactMap { title in columns.first { $0.title == title } }
  }
}

extension Health {
  /// The role that shows it.
  var role: Role {
    switch self {
    case .up: .healthy
    case .unknown: .unknown
    case .failover: .running
    case .silent, .sDown: .warning
    case .oDown: .critical
    }
  }
}
