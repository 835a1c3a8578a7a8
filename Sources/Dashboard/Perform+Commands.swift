internal import SentinelInsight
internal import SentinelModel

extension State {
  mutating func askFailover() {
    guard let service = service?.name else { return }
    ask(.failover(service))
  }

  /// From the Sentinels pane the selected Sentinel alone is meant.
  mutating func askReset() {
    guard let service = service?.name else { return }
    ask(.reset(service, at: pane == .sentinels ? selectedSentinel.name : nil))
  }

  /// What can't be done is asked, too: the reasons stand where the answer would.
  private mutating func ask(_ request: Request) {
    mode = .confirming(Question(request, request.preflight(in: topology, at: now)))
  }

  mutating func checkQuorum() -> Effect? {
    guard let service = service?.name else { return nil }
    return send(.checkQuorum(service), .all, nil)
  }

  mutating func toggleLock() -> Effect? {
    let isLocked = access.isUnlocked
    access = isLocked ? .locked : .unlocked
    say(isLocked ? "Changes are locked." : "Changes are unlocked: each one still asks.", .notice)
    return .lock(isLocked)
  }

  /// Answers the open question.
  mutating func answer(_ action: Action, at moment: Timestamp) -> Effect? {
    guard case .confirming(var question) = mode else { return nil }
    if action == .cancel {
      mode = .browsing
      return nil
    }
    guard question.canBeAnswered(at: moment) else {
      let isReadable = ConfirmOverlay.isReadable(question, self)
      say(
        isReadable
          ? "That key came before the question was on the screen: read it, then answer."
          : "The question doesn't fit on the screen: make it larger to answer yes.", .warning)
      return nil
    }
    switch (action, question.choice) {
    case (.switchChoice, _):
      question.choice = question.choice == .cancel ? .proceed : .cancel
      mode = .confirming(question)
      return nil
    case (.pressChoice, .cancel):
      mode = .browsing
      return nil
    default:
      guard question.canBeAgreedTo else { return nil }
      mode = .browsing
      let preflight = question.preflight
      return send(preflight.command, preflight.target, preflight.facts)
    }
  }

  private mutating func send(
    _ command: Command, _ target: Target, _ facts: Preflight.Facts?
  ) -> Effect {
    underWay[command] = commandLog.append(
      CommandLogEntry(at: now, command: command, target: target))
    let words = command.publicWords.joined(separator: " ")
    let whom =
      switch target {
      case .one(let sentinel): topology.label(of: sentinel)
      case .all where facts != nil: "each Sentinel in turn"
      case .all: "every Sentinel"
      case .first, .any: "a Sentinel"
      }
    say("\(words): asking \(whom) …", .info)
    return .run(command, target, facts)
  }
}
