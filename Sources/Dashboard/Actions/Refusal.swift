internal import SentinelInsight
package import SentinelModel

/// Why an action can't be done now.
package enum Refusal: Hashable, Sendable {
  /// Changes are locked by hand.
  case locked
  /// Changes are locked for the whole session.
  case readOnly(because: String)
  case noService
  case noSentinelAnswers
  case noSentinelSelected
  /// The selected Sentinel doesn't answer.
  case silent(String)
  case notMonitored(ServiceName, by: String)
  /// Only other Sentinels speak of it.
  case notOurs(NodeAddress)
  case failoverRuns(ServiceName, on: String)
  /// A command for that service hasn't been answered yet.
  case underWay(String)
  /// The open question is about something that can't be done.
  case impossible(String)
  /// What is shown is how it was.
  case past
  /// The key has no meaning where the person is.
  case useless(String)

  package var text: String {
    switch self {
    case .locked: "Changes are locked: O unlocks them."
    case .readOnly(let reason): "This session is read-only (\(reason))."
    case .noService: "No master is selected."
    case .noSentinelAnswers: "No Sentinel answers."
    case .noSentinelSelected: "No Sentinel is selected."
    case .silent(let sentinel): "\(sentinel) doesn't answer."
    case .notMonitored(let service, let sentinel): "\(sentinel) doesn't monitor \(service)."
    case .notOurs(let address):
      "\(address) is known only from other Sentinels: it can't be asked from here."
    case .failoverRuns(let service, let sentinel):
      "A failover of \(service) runs already, on \(sentinel)."
    case .underWay(let words): "\(words) isn't answered yet."
    case .impossible(let what): "\(what) can't be done: read why, then leave with n."
    case .past: "This is how it was: Space goes back to now."
    case .useless(let why): why
    }
  }
}

extension State {
  /// Why an action can't be done now; nil where it can, as far as one sees without asking.
  package func refusal(of action: Action) -> Refusal? {
    switch action {
    case .failover: refusalInPast ?? refusalOfChange ?? refusalOfSending()
    case .reset: refusalInPast ?? refusalOfChange ?? refusalOfReset ?? refusalOfSending()
    case .checkQuorum:
      refusalInPast ?? refusalOfAsking ?? sent { $0 == .checkQuorum(service?.name ?? "") }
    case .confirm, .switchChoice:
      if case .confirming(let question) = mode, !question.canBeAgreedTo {
        .impossible(question.request.verb)
      } else {
        nil
      }
    case .toggleLock:
      if case .readOnly(let reason) = access { .readOnly(because: reason) } else { nil }
    default: refusalOfLooking(action)
    }
  }

  private var refusalInPast: Refusal? { playback.isLive ? nil : .past }

  private var refusalOfChange: Refusal? {
    switch access {
    case .unlocked: nil
    case .locked: .locked
    case .readOnly(let reason): .readOnly(because: reason)
    }
  }

  private var refusalOfAsking: Refusal? {
    service == nil ? .noService : tally.reachable == 0 ? .noSentinelAnswers : nil
  }

  private var refusalOfReset: Refusal? {
    guard pane == .sentinels, let service else { return nil }
    guard let row = selectedSentinel.row(in: shownSentinels, by: \.address) else {
      return .noSentinelSelected
    }
    let sentinel = shownSentinels[row]
    if sentinel.vantage == nil { return .notOurs(sentinel.address) }
    let label = topology.label(of: sentinel.address)
    if !sentinel.isReachable { return .silent(label) }
    return sentinel.master == nil ? .notMonitored(service.name, by: label) : nil
  }

  private func refusalOfSending() -> Refusal? {
    if let refusal = refusalOfAsking { return refusal }
    guard let service else { return .noService }
    if let running = service.failover {
      return .failoverRuns(service.name, on: topology.label(of: running.sentinel))
    }
    // Only until the Sentinels say so themselves.
    if let running = running(atMost: .seconds(10)).last(where: { $0.service == service.name }) {
      return .failoverRuns(service.name, on: topology.label(of: running.via))
    }
    return sent { $0.isChange && $0.concerns(service.name) }
  }

  private func sent(_ isMeant: (Command) -> Bool) -> Refusal? {
    underWay.keys.first(where: isMeant).map { .underWay($0.publicWords.joined(separator: " ")) }
  }
}

extension Command {
  /// Whether it does something to that service.
  fileprivate func concerns(_ service: ServiceName) -> Bool {
    if case .reset(let pattern) = self { return pattern == service.literalPattern }
    return self.service == service || self == .flushConfiguration
  }
}
