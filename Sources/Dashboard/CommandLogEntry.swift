internal import SentinelInsight
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
    ShellLine.redisCLI((orders[sentinel] ?? command).publicWords, at: sentinel)
  }
}
