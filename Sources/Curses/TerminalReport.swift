/// An answer of the terminal to a question about itself.
enum TerminalReport: Hashable, Sendable {
  /// Whether it shows all that is written between two marks at once.
  case frames(Bool)
  /// What kind of terminal it is: the last answer of all, since all of them give it.
  case kind
}
