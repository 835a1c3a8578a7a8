/// An answer of the terminal to a question about itself.
enum TerminalReport: Hashable, Sendable {
  /// Whether it shows all that is written between two marks at once.
  case frames(Bool)
}
