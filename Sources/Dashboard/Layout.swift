package import Canvas

/// Where everything stands, for a size and for what there is to show.
///
/// Wide: Masters at the left, Replicas and Sentinels at the right, Events below. Medium: Masters over
/// the full width, Replicas and Sentinels side by side under it, Events below. Small: one pane, a line of
/// tabs, and a line for a failover.
package struct Layout: Hashable, Sendable {
  /// A pane's place.
  package struct Place: Hashable, Sendable {
    package var rect: Rect
    package var isFramed = true

    /// The room inside of the frame.
    package var inside: Rect { isFramed ? Frame.inside(of: rect) : rect }
    /// How many rows of a list with a header fit in.
    package var room: Int { inside.rows >= 2 ? inside.rows - 1 : inside.rows }
  }

  package private(set) var title: Rect
  package private(set) var hint: Rect
  package private(set) var tabs: Rect?
  /// All between title and hints.
  package private(set) var middle: Rect
  package private(set) var panes: [Pane: Place] = [:]
  /// Where a failover is drawn, where one is to be and there is room.
  package private(set) var strip: Place?

  /// The counts are those of the lines that each pane has to show.
  package init(
    _ size: Size, focus: Pane, masters: Int, replicas: Int, sentinels: Int, hasStrip: Bool = false
  ) {
    let screen = Rect(size)
    let hasHint = size.rows >= 4
    let parts = screen.rows(.fixed(1), .fill, .fixed(hasHint ? 1 : 0))
    (title, middle, hint) = (parts[0], parts[1], parts[2])
    let wanted = Wanted(
      masters: Self.framed(masters), replicas: Self.framed(replicas),
      sentinels: Self.framed(sentinels), strip: hasStrip ? Self.stripRows : 0)
    if size.columns >= 108, middle.rows >= 14 {
      arrangeWide(wanted)
    } else if size.columns >= 72, middle.rows >= 15 {
      arrangeMedium(wanted)
    } else {
      let hasTabs = middle.rows >= 3
      tabs = hasTabs ? middle.row(0) : nil
      // One line, where the pane keeps enough.
      let drawn = hasStrip && middle.rows >= 6 ? 1 : 0
      panes[focus] = Place(
        rect: middle.inset(top: hasTabs ? 1 : 0, bottom: drawn), isFramed: false)
      if drawn > 0 { strip = Place(rect: middle.row(middle.rows - 1), isFramed: false) }
    }
  }

  private struct Wanted {
    var masters: Int
    var replicas: Int
    var sentinels: Int
    /// The rows of the strip with its frame.
    var strip: Int
  }

  private static let stripRows = 4

  /// The rows that so many lines take with a header and a frame.
  private static func framed(_ lines: Int) -> Int { max(1, lines) + 3 }

  private static func leastEvents(of rows: Int) -> Int { max(5, rows * 3 / 10) }

  private mutating func arrangeWide(_ wanted: Wanted) {
    // Replicas and Sentinels share a border.
    let most = middle.rows - Self.leastEvents(of: middle.rows) - wanted.strip
    let upper = min(max(wanted.masters, wanted.replicas + wanted.sentinels - 1, 7), most)
    let rows = middle.rows(.fixed(upper), .fixed(wanted.strip), .fill)
    if wanted.strip > 0 { strip = Place(rect: rows[1]) }
    let columns = rows[0].columns(.fixed(min(middle.columns * 19 / 40, 96)), .fill)
    let right = columns[1]
    let least = min(wanted.replicas, max(4, (upper + 1) / 2))
    let replicas = max(least, min(wanted.replicas, upper + 1 - wanted.sentinels))
    panes = [
      .masters: Place(rect: columns[0]),
      .replicas: Place(
        rect: Rect(left: right.left, top: right.top, columns: right.columns, rows: replicas)),
      .sentinels: Place(
        rect: Rect(
          left: right.left, top: right.top + replicas - 1, columns: right.columns,
          rows: upper - replicas + 1)),
      .events: Place(rect: rows[2]),
    ]
  }

  private mutating func arrangeMedium(_ wanted: Wanted) {
    // All panes share their upper and lower borders.
    let drawn = wanted.strip > 0 ? wanted.strip - 1 : 0
    let most = middle.rows + 2 - Self.leastEvents(of: middle.rows) - drawn
    let both = max(wanted.replicas, wanted.sentinels)
    let least = min(both, max(4, most / 2))
    let masters = min(wanted.masters, most - least)
    let lower = min(both, most - masters)
    func band(_ top: Int, _ rows: Int) -> Rect {
      Rect(left: middle.left, top: middle.top + top, columns: middle.columns, rows: rows)
    }
    let pair = band(masters - 1, lower)
    let below = masters + lower - 2
    if wanted.strip > 0 { strip = Place(rect: band(below, wanted.strip)) }
    let left = pair.columns * 19 / 40
    panes = [
      .masters: Place(rect: band(0, masters)),
      .replicas: Place(
        rect: Rect(left: pair.left, top: pair.top, columns: left + 1, rows: pair.rows)),
      .sentinels: Place(
        rect: Rect(
          left: pair.left + left, top: pair.top, columns: pair.columns - left, rows: pair.rows)),
      .events: Place(
        rect: band(below + drawn, middle.rows - below - drawn)),
    ]
  }
}
