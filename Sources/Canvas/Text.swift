/// On which side of its room a text stands.
package enum Alignment: Sendable {
  case left, right, center
}

/// One line of text in which each run has a role. A string literal is text of role `.text`.
package struct Text: Hashable, Sendable {
  /// Characters that mean the same.
  package struct Run: Hashable, Sendable {
    package var text: String
    package var role: Role
    package var isChanged = false
  }

  package private(set) var runs: [Run]

  package init(_ text: String = "", _ role: Role = .text) {
    runs = text.isEmpty ? [] : [Run(text: text, role: role)]
  }

  init(runs: [Run]) {
    self.runs = runs
  }

  /// The symbol of a state, in that state's role: `●`, `▲` …
  package static func symbol(_ role: Role) -> Text { Text(role.symbol, role) }

  package var columns: Int { columns(upTo: .max) }
  package var isEmpty: Bool { runs.isEmpty }
  /// Its characters, as they were given.
  package var plain: String { runs.reduce(into: "") { $0 += $1.text } }

  /// How wide it is, as far as that is of interest: any number above the limit means wider.
  package func columns(upTo limit: Int) -> Int {
    var columns = 0
    for run in runs {
      columns += Glyph.columns(of: run.text, upTo: limit - columns)
      if columns > limit { break }
    }
    return columns
  }

  package static func + (left: Text, right: Text) -> Text { Text(runs: left.runs + right.runs) }
  package static func += (left: inout Text, right: Text) { left.runs += right.runs }

  /// The same characters, all in that role.
  package func role(_ role: Role) -> Text {
    Text(runs: runs.map { Run(text: $0.text, role: role, isChanged: $0.isChanged) })
  }

  /// The same text with one role in place of another.
  package func replacing(_ old: Role, with new: Role) -> Text {
    Text(
      runs: runs.map {
        $0.role == old ? Run(text: $0.text, role: new, isChanged: $0.isChanged) : $0
      })
  }

  /// The same text, marked as just changed or not.
  package func changed(_ isChanged: Bool = true) -> Text {
    Text(runs: runs.map { Run(text: $0.text, role: $0.role, isChanged: isChanged) })
  }

  /// As much of it as fits, with `…` in the last column where something is cut off.
  package func truncated(to columns: Int) -> Text {
    guard columns > 0 else { return Text() }
    guard self.columns(upTo: columns) > columns else { return self }
    var kept: [Run] = []
    var used = 0
    var whole: [Run]?
    for run in runs {
      var part = Run(text: "", role: run.role, isChanged: run.isChanged)
      for glyph in Glyphs(run.text) {
        if used + glyph.columns > columns {
          return Text(runs: whole ?? kept + [part]).ellipsed(run.role)
        }
        // What stays if one more glyph is too much: all but the last column.
        if whole == nil, used + glyph.columns > columns - 1 { whole = kept + [part] }
        glyph.append(to: &part.text.unicodeScalars)
        used += glyph.columns
      }
      kept.append(part)
    }
    return Text(runs: kept)
  }

  private func ellipsed(_ role: Role) -> Text {
    Text(runs: runs.filter { !$0.text.isEmpty }) + Text(Glyph.ellipsis.text, role)
  }

  /// Exactly that wide: truncated, or with spaces added.
  package func padded(to columns: Int, _ alignment: Alignment = .left) -> Text {
    let fitted = truncated(to: columns)
    let spare = max(0, columns - fitted.columns)
    let before = alignment == .left ? 0 : alignment == .center ? spare / 2 : spare
    return Text(spaces(before)) + fitted + Text(spaces(spare - before))
  }

  private func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }
}

extension Text: ExpressibleByStringInterpolation {
  package init(stringLiteral value: String) {
    self.init(value)
  }
}

extension Sequence<Text> {
  package func joined(separator: Text = "") -> Text {
    var joined = Text()
    for (index, text) in enumerated() { joined += index == 0 ? text : separator + text }
    return joined
  }
}
