package import SentinelModel

/// A stretch of an incident: it begins with a milestone and lasts until the next one.
package struct Phase: Hashable, Sendable {
  package var kind: Kind
  package var start: Timestamp
  /// When the next milestone was reached; nil while it lasts, and where nobody told.
  package var end: Timestamp?
  /// How long it may last before the Sentinel gives up or goes on without.
  package var limit: Duration?
  package var state: State
  /// Who told of its beginning, the first one first.
  package var sources: [NodeAddress]
  /// No Sentinel announced its beginning: it was seen by polling.
  package var isObserved: Bool
  /// How many of how many have arrived, where that can be counted.
  package var progress: Progress?

  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case sDown, oDown, voting, elected, selected, ordered, promoted, ended
    // What goes on beside and behind them.
    case switched, demoting, homecoming

    /// Whether it is one of those that follow each other; the others run beside them.
    package var isOfChain: Bool {
      switch self {
      case .switched, .demoting, .homecoming: false
      default: true
      }
    }

    /// The word for it in a strip.
    package var title: String {
      switch self {
      case .sDown: "sdown"
      case .oDown: "odown"
      case .voting: "vote"
      case .elected: "elected"
      case .selected: "selected"
      case .ordered: "told"
      case .promoted: "promoted"
      case .ended: "end"
      case .switched: "switch"
      case .demoting: "old master"
      case .homecoming: "home"
      }
    }

    /// What happens in it.
    package var words: String {
      switch self {
      case .sDown: "the master doesn't answer; waiting for others to agree"
      case .oDown: "down by quorum; waiting for a Sentinel to begin"
      case .voting: "asking for votes"
      case .elected: "choosing a replica"
      case .selected: "connecting to the chosen replica"
      case .ordered: "told to become master; waiting until it is"
      case .promoted: "the other replicas are pointed at the new master"
      case .ended: "failover complete"
      case .switched: "the Sentinels move to the new master"
      case .demoting: "the old master has to become a replica"
      case .homecoming: "all nodes have to be where they belong"
      }
    }
  }

  package enum State: Hashable, Sendable {
    case running, done
    case failed(Attempt.Failure)
  }

  package struct Progress: Hashable, Sendable {
    package var done: Int
    /// Nil where nobody told how many there are.
    package var of: Int?
  }

  package var title: String { kind.title }

  /// How long it lasted, or has lasted until now; nil where its end isn't known.
  package func duration(at now: Timestamp) -> Duration? {
    let last = end ?? (state == .running ? now : nil)
    return last.map { max(.zero, $0.duration(since: start)) }
  }

  /// What is left of its time limit.
  package func timeLeft(at now: Timestamp) -> Duration? {
    guard state == .running, let limit else { return nil }
    return limit - now.duration(since: start)
  }
}
