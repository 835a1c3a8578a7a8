internal import Canvas
internal import SentinelInsight

/// What a person may change while the program runs, and how to keep it.
enum SettingsPage {
  static func draw(_ state: State, into grid: inout Grid, in rect: Rect) {
    let selected = state.selectedSetting.name ?? .theme
    let isNarrow = rect.columns < 60
    let width = isNarrow ? 16 : 22
    var row = 0
    func put(_ line: Text, isSelected: Bool = false) {
      let place = rect.row(row)
      grid.put(line, in: place)
      if isSelected { grid.tint(place, on: .selection) }
      row += 1
    }
    for setting in Setting.allCases {
      let isSelected = setting == selected
      let value = Text(setting.value(in: state.settings), isSelected ? .accent : .text)
      let shown = isSelected ? Text("◂ ", .key) + value + Text(" ▸", .key) : Text("  ") + value
      let line = Text(setting.title).padded(to: width) + " "
      put(
        isNarrow ? line + shown : line + shown.padded(to: 24) + Text(setting.explanation, .dim),
        isSelected: isSelected)
    }
    guard rect.rows > row + 4 else { return }
    row += 1
    put(Text("To keep this, in the file that `sentop config path` names:", .dim))
    for line in state.settings.yaml { put(Text("  " + line)) }
    guard rect.rows > row + 8 else { return }
    row += 1
    put(Text("The colours, by the names that theme files have for them", .title))
    for samples in samples { put(samples) }
  }

  private static let samples: [Text] = [
    [Role.healthy, .warning, .critical, .unknown, .running].map {
      .symbol($0) + Text(" \($0.rawValue)", $0)
    }.joined(separator: "   "),
    [Role.title, .text, .dim, .accent, .key, .hint, .disabled, .header].map {
      Text($0.rawValue, $0)
    }.joined(separator: "   "),
    [Role.match, .question, .input, .graph, .added, .removed, .tab, .tabActive].map {
      Text($0.rawValue, $0)
    }.joined(separator: "   "),
  ]
}
