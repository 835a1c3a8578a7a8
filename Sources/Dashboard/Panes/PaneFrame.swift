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
    let frame = Frame(
      title, trailing: trailing, isFocused: state.pane == pane && state.mode.kind == .browsing,
      joins: true)
    return frame.draw(into: &grid, in: place.rect)
  }

  /// `Replicas of session 2`.
  static func title(_ pane: Pane, of state: State, _ count: Int?) -> Text {
    var title = Text(pane.title)
    if let service = state.service?.name { title += Text(" of ", .dim) + Text(service.shown) }
    return title + counted(count)
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

extension Health {
  /// The role that shows it.
  var role: Role {
    switch self {
    case .up: .healthy
    case .unknown: .unknown
    case .failover: .running
    case .sDown: .warning
    case .oDown: .critical
    }
  }
}
