package import SentinelModel

/// One command of this session: what was sent where, and what came back.
package struct CommandLogEntry: Hashable, Sendable {
  package var at: Timestamp
  package var command: Command
  package var target: Target
  /// Who was told something else than the rest.
  package var orders: [NodeAddress: Command]
  /// The answers so far; nil while it is under way.
  package var answers: [Outcome.Answer]?

  package init(
    at: Timestamp, command: Command, target: Target, orders: [NodeAddress: Command] = [:],
    answers: [Outcome.Answer]? = nil
  ) {
    self.at = at
    self.command = command
    self.target = target
    self.orders = orders
    self.answers = answers
  }

  /// The words that were sent, fit to be shown.
  package var words: String { command.publicWords.joined(separator: " ") }

  /// The same as a line for a shell.
  package func shellLine(for sentinel: NodeAddress) -> String {
    Self.shellLine((orders[sentinel] ?? command).publicWords, for: sentinel)
  }

  /// A line for a shell that sends those words to a node.
  static func shellLine(_ words: [String], for node: NodeAddress) -> String {
    (["redis-cli", "-h", node.host, "-p", "\(node.port)"] + words).map(quoted)
      .joined(separator: " ")
  }

  private static func quoted(_ word: String) -> String {
    let isPlain =
      !word.isEmpty
      && word.unicodeScalars.allSatisfy {
        ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
          || "-_.:/@%+=,".unicodeScalars.contains($0)
      }
    if isPlain { return word }
    return "'"
      + word.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: "'\\''") + "'"
  }
}
