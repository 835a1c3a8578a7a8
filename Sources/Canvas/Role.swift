/// What a cell means. A theme gives each role its look; nothing else in the program knows a colour.
package enum Role: String, CaseIterable, Hashable, Sendable {
  case text, dim, accent, title, header, border
  case borderFocused = "border_focused"
  case healthy, warning, critical, unknown, running
  case key, hint, disabled
  case tab
  case tabActive = "tab_active"
  case question, input, match, graph, added, removed

  // Grounds: looks that lie under other roles.
  case selection
  case selectionUnfocused = "selection_unfocused"
  case bar, overlay, changed

  /// The role whose look is taken where a theme does not give this one; `nil` for `text` alone,
  /// where every chain ends.
  package var fallback: Role? {
    switch self {
    case .text: nil
    case .dim, .accent, .healthy, .warning, .critical, .unknown, .running: .text
    case .title, .key, .match, .question, .tabActive: .accent
    case .header, .border, .hint, .disabled, .tab: .dim
    case .borderFocused: .title
    case .input, .selection, .bar, .overlay, .changed: .text
    case .selectionUnfocused: .selection
    case .graph: .running
    case .added: .healthy
    case .removed: .critical
    }
  }

  /// Whether it is meant to lie under other roles rather than to be written in.
  package var isGround: Bool {
    switch self {
    case .selection, .selectionUnfocused, .bar, .overlay, .changed: true
    default: false
    }
  }
}
