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
  /// No change was agreed to so far.
  case nothingChanged
  /// A change that goes on can't be tried again, nor taken back.
  case stillRuns(String)
  /// Nobody is left to be kept from it.
  case cannotBeStopped(String)
  /// It is done everywhere, or is asked for anew by its own key.
  case nothingToRetry(String)
  /// What was before isn't known, or there is no command that leads back.
  case noWayBack(String)
  /// The open question is about something that can't be done.
  case impossible(String)
  /// What is shown is how it was.
  case past
  /// The key has no meaning where the person is.
  case useless(String)

  /// The reason, with the keys as they are bound.
  func text(in state: State) -> String {
    switch self {
    case .locked: "Changes are locked: \(state.keyName(of: .toggleLock)) unlocks them."
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
    case .nothingChanged: "Nothing was changed so far."
    case .stillRuns(let title): "\(title) is still under way."
    case .cannotBeStopped(let title):
      "\(title): no Sentinel is left that isn't asked yet."
    case .nothingToRetry(let title): "\(title): there is nothing to be tried again."
    case .noWayBack(let title): "\(title): nothing leads back, or what was before isn't known."
    case .impossible(let what):
      "\(what) can't be done: read why, then leave with "
        + "\(state.keyName(of: .cancel, in: .confirming))."
    case .past: "This is how it was: \(state.keyName(of: .freeze)) goes back to now."
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
    case .edit, .remove: refusalInPast ?? refusalOfChange ?? refusalOfSending()
    case .monitor: refusalInPast ?? refusalOfChange ?? refusalOfBroadcast
    case .flushConfiguration:
      refusalInPast ?? refusalOfChange ?? refusalOfBroadcast ?? sent { $0 == .flushConfiguration }
    case .showProgress: undertakings.isEmpty ? .nothingChanged : nil
    case .stopChange, .retryChange, .undoChange: refusalInProgress(action)
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

  private var refusalOfBroadcast: Refusal? { tally.reachable == 0 ? .noSentinelAnswers : nil }

  private func refusalInProgress(_ action: Action) -> Refusal? {
    guard let shown = shownUndertaking else { return .nothingChanged }
    let title = shown.progress.title
    if action == .stopChange {
      return shown.progress.canBeStopped ? nil : .cannotBeStopped(title)
    }
    if !shown.progress.isFinal || underWay[shown.progress.command] != nil {
      return .stillRuns(title)
    }
    // Changes may have been locked meanwhile.
    if let refusal = refusalInPast ?? refusalOfChange { return refusal }
    let request = action == .retryChange ? shown.retry : shown.wayBack
    if request != nil { return nil }
    return action == .retryChange ? .nothingToRetry(title) : .noWayBack(title)
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
