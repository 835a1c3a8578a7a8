package import Canvas
internal import SentinelInsight
internal import SentinelModel

/// A list to choose from, cut down by typing: everything there is to do, what can be copied or exported,
/// what can be done to a server of the demo.
package struct Chooser: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case palette, copy, export, lab
  }

  package let kind: Kind
  package internal(set) var field = TextField()
  /// The chosen row among those that match.
  package internal(set) var selected = 0

  init(_ kind: Kind) {
    self.kind = kind
  }

  var title: String {
    switch kind {
    case .palette: "Commands"
    case .copy: "Copy"
    case .export: "Export"
    case .lab: "Make trouble"
    }
  }

  /// The choices that match what is typed, the best first.
  func choices(in state: State) -> [Choice] {
    let all = allChoices(in: state)
    guard !field.isEmpty else { return all }
    return all.compactMap { choice in
      Match.score(field.text, in: choice.title, or: choice.detail).map { (choice, $0) }
    }
    .enumerated()
    .sorted { ($0.element.1, $0.offset) < ($1.element.1, $1.offset) }
    .map(\.element.0)
  }

  func selectedChoice(in state: State) -> Choice? {
    let choices = choices(in: state)
    return choices.isEmpty ? nil : choices[min(selected, choices.count - 1)]
  }

  mutating func move(by lines: Int, in state: State) {
    let last = max(0, choices(in: state).count - 1)
    let (moved, overflow) = min(selected, last).addingReportingOverflow(lines)
    selected = overflow ? (lines < 0 ? 0 : last) : min(max(0, moved), last)
  }

  /// Types the rest of the chosen title.
  mutating func complete(in state: State) {
    guard let choice = selectedChoice(in: state) else { return }
    field = TextField(choice.title)
    selected = 0
  }

  private func allChoices(in state: State) -> [Choice] {
    switch kind {
    case .palette: Choice.actions(in: state) + Choice.places(in: state)
    case .copy: Choice.copies(in: state)
    case .export: Choice.exports(in: state)
    case .lab: Choice.deeds(in: state)
    }
  }
}

/// One thing to choose.
struct Choice: Hashable {
  var title: String
  var detail = ""
  var keys: [Key] = []
  var deed: Deed
  /// Why it can't be done now.
  var refusal: String?

  enum Deed: Hashable {
    case perform(Action)
    case select(ServiceName)
    case theme(String)
    case copy(String)
    case export(Export)
    case lab(LabDeed)
  }
}

/// How well a text that was typed fits: all its letters in their order, the nearer together the better.
enum Match {
  /// Less is better; nil where it doesn't fit.
  static func score(_ typed: String, in title: String, or detail: String) -> Int? {
    score(typed, in: title) ?? (contains(detail, typed) ? 1_000 : nil)
  }

  private static func contains(_ text: String, _ typed: String) -> Bool {
    text.lowercased().contains(typed.lowercased())
  }

  private static func score(_ typed: String, in title: String) -> Int? {
    let title = Array(title.lowercased())
    let wanted = typed.lowercased().filter { $0 != " " && $0 != "-" }
    var position = 0
    var score = 0
    for letter in wanted {
      guard let found = title[position...].firstIndex(of: letter) else { return nil }
      // The beginning of a word is as good as the next letter.
      let isBeginning = found == 0 || !title[found - 1].isLetter
      if found > position { score += isBeginning ? 1 : 2 + found - position }
      position = found + 1
    }
    return score * 10 + title.count / 8
  }
}
