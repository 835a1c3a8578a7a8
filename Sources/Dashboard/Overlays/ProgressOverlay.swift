internal import Canvas
internal import SentinelInsight
internal import SentinelModel

/// How a change stands at each Sentinel, what is waited for, and how it ended.
enum ProgressOverlay {
  static func draw(_ state: State, into grid: inout Grid, in rect: Rect) {
    guard let undertaking = state.shownUndertaking else { return }
    let progress = undertaking.progress
    let columns = max(1, min(84, rect.columns - 4))
    let closing = closing(progress, state).wrapped(to: columns, limit: 6)
    let room = max(1, rect.rows - 2 - closing.count)
    let steps = steps(progress, state, columns: columns, room: room)
    let hasAir = steps.count + closing.count + 3 <= rect.rows
    let lines = steps + (hasAir ? [Text()] : []) + closing
    let frame = Frame(
      Text(progress.title, .title),
      trailing: Text(progress.isFinal ? "ended" : "under way", progress.isFinal ? .dim : .running),
      isFocused: true)
    let content = Size(columns: columns, rows: lines.count)
    let inside = frame.drawOverlay(into: &grid, in: rect, content: content)
    for (row, line) in lines.prefix(inside.rows).enumerated() {
      grid.put(line, in: inside.row(row))
    }
  }

  /// A few lines for each Sentinel, or one where there isn't room for more; of many, those round the
  /// one that is asked.
  private static func steps(
    _ progress: ChangeProgress, _ state: State, columns: Int, room: Int
  ) -> [Text] {
    let rows = progress.steps.map { step in
      let role = role(step.stage)
      let label = Text(state.topology.label(of: step.sentinel)).padded(to: 4)
      let head =
        (role.symbol.isEmpty ? "·" : Text.symbol(role)) + " " + label
        + (columns < 50 ? Text() : Text(word(step.stage), role).padded(to: 10))
      return (head: head, words: Text(words(step, state)))
    }
    let whole = rows.flatMap { head, words in
      words.wrapped(to: max(8, columns - head.columns), limit: 4).enumerated().map {
        ($0 == 0 ? head : Text("").padded(to: head.columns)) + $1
      }
    }
    if whole.count <= room { return whole }
    let current = progress.steps.lastIndex { $0.askedAt != nil } ?? 0
    let visible = Scroll().revealing(current, of: rows.count, in: room)
      .visible(of: rows.count, in: room)
    return rows[visible].map { ($0.head + $0.words).truncated(to: columns) }
  }

  private static func role(_ stage: ChangeProgress.Stage) -> Role {
    switch stage {
    case .waiting: .dim
    case .asked, .settling: .running
    case .done: .healthy
    case .unconfirmed: .warning
    case .failed: .critical
    case .skipped: .unknown
    }
  }

  private static func word(_ stage: ChangeProgress.Stage) -> String {
    switch stage {
    case .waiting: "waits"
    case .asked: "asked"
    case .settling: "waiting"
    case .done: "done"
    case .unconfirmed: "not seen"
    case .failed: "failed"
    case .skipped: "left out"
    }
  }

  private static func words(_ step: ChangeProgress.Step, _ state: State) -> String {
    func since(_ moment: Timestamp?) -> String {
      let time = moment.map { state.present.duration(since: $0) } ?? .zero
      return Measure.time(.seconds(max(0, time.inMicroseconds) / 1_000_000))
    }
    switch step.stage {
    case .waiting: return ""
    case .asked: return since(step.askedAt)
    case .settling(let missing): return "\(missing), \(since(step.answeredAt))"
    case .done(let words), .unconfirmed(let words), .failed(let words): return words
    case .skipped(let why): return why
    }
  }

  /// How it ended; before that, what Esc does.
  private static func closing(_ progress: ChangeProgress, _ state: State) -> Text {
    guard progress.isFinal else {
      return Text("It goes on when this is closed, and tells how it ends.", .dim)
    }
    return Text(
      progress.words(in: state.topology, at: state.present),
      progress.isDone ? .healthy : .warning)
  }
}
