package import Canvas
internal import SentinelInsight
internal import SentinelModel

extension State {
  /// What an export holds: all rows of the list that match, with every column that has a name; or the
  /// screen as it stands.
  package func document(_ export: Export, _ theme: Theme, _ depth: ColorDepth) -> String {
    let title = "sentop – \(deployment)"
    switch export.form {
    case .text: return render(self).text + "\n"
    case .ansi: return render(self).ansi(theme, depth)
    case .svg: return render(self).svg(theme, title: title)
    case .csv, .json, .markdown: break
    }
    func written<Row>(_ table: Table<Row>) -> String {
      var table = table
      table.columns.removeAll(where: \.field.isEmpty)
      return switch export.form {
      case .csv: table.csv()
      case .json: table.json()
      default: table.markdown()
      }
    }
    switch activePane {
    case .masters: return written(MastersPane.table(self, width: .max))
    case .replicas: return written(ReplicasPane.table(self, width: .max))
    case .sentinels: return written(SentinelsPane.table(self, width: .max))
    case .events:
      let rows = (0..<shownEvents.count).compactMap { log.entries[number: shownEvents[$0]] }
      return written(Table(EventsPane.columns(self, width: .max), rows: rows))
    }
  }

  /// What the terminal's window is called: what is watched, and how well it is.
  package var windowTitle: String {
    let state =
      tally.reachable == 0
      ? "no Sentinel answers"
      : tally.critical > 0
        ? "✖ \(tally.critical) critical"
        : tally.failovers > 0
          ? "↻ failover"
          : tally.warnings > 0
            ? "▲ \(tally.warnings) warning\(tally.warnings == 1 ? "" : "s")" : "all well"
    return "sentop \(deployment): \(state)"
  }
}
