internal import Canvas
internal import SentinelInsight
internal import SentinelModel

/// What becomes of each setting: who has what, who will have what, who has it already.
enum SettingsDiff {
  static func lines(_ preflight: Preflight, _ state: State, _ columns: Int) -> [Text] {
    var options: [String] = []
    for change in preflight.changes where !options.contains(change.option) {
      options.append(change.option)
    }
    let longest = options.map(\.count).max() ?? 0
    let isNarrow = columns < longest + 30
    let indent = isNarrow ? 2 : longest + 2
    return options.flatMap { option in
      let rows = groups(preflight.changes.filter { $0.option == option }).flatMap { group in
        line(group, state).wrapped(to: max(8, columns - indent), limit: 3)
      }
      let name = Text(option, .title)
      if isNarrow { return [name] + rows.map { Text("  ") + $0 } }
      return rows.enumerated().map { ($0 == 0 ? name : Text()).padded(to: indent) + $1 }
    }
  }

  /// Sentinels for which it means the same, in the order in which they come.
  private static func groups(_ changes: [SettingChange]) -> [[SettingChange]] {
    changes.reduce(into: []) { groups, change in
      let index = groups.firstIndex { $0[0].old == change.old && $0[0].new == change.new }
      if let index { groups[index].append(change) } else { groups.append([change]) }
    }
  }

  private static func line(_ group: [SettingChange], _ state: State) -> Text {
    guard let change = group.first else { return Text() }
    let who = Text(
      group.map { state.topology.label(of: $0.sentinel) }.joined(separator: ", "), .dim)
    func words(_ value: String) -> String { value.isEmpty ? "none" : value }
    if change.isAlreadySo { return who + ": already " + Text(words(change.new)) }
    let new = Text(words(change.new), .added)
    guard let old = change.old else { return who + ": set to " + new }
    let arrow = state.symbols == .ascii ? " -> " : " → "
    return who + ": " + Text(words(old), .removed) + Text(arrow, .dim) + new
  }
}
