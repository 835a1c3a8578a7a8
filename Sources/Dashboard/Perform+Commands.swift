internal import Canvas
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

  mutating func askRemove() {
    guard let service = service?.name else { return }
    ask(.remove(service))
  }

  /// What can't be done is asked, too: the reasons stand where the answer would.
  mutating func ask(_ request: Request) {
    mode = .confirming(
      Question(
        request, request.preflight(in: topology, at: now), in: deployment,
        isProtected: isProtected))
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
    guard case .confirming(var question) = mode else {
      // The other thing that can be left this way is a form.
      if case .filling = mode { leaveQuestion() }
      return nil
    }
    if action == .cancel {
      leaveQuestion()
      return nil
    }
    guard question.canBeAnswered(at: moment) else {
      sayTooEarly(question)
      return nil
    }
    switch (action, question.choice) {
    case (.switchChoice, _):
      question.choice = question.choice == .cancel ? .proceed : .cancel
      mode = .confirming(question)
      return nil
    case (.pressChoice, .cancel) where question.needsWord && question.field?.isEmpty == false:
      return sayOtherName(question)
    case (.pressChoice, .cancel):
      leaveQuestion()
      return nil
    default:
      guard question.canBeAgreedTo else { return nil }
      guard question.hasWord else { return sayOtherName(question) }
      return proceed(with: question)
    }
  }

  mutating func sayTooEarly(_ question: Question) {
    let isReadable = ConfirmOverlay.isReadable(question, self)
    say(
      isReadable
        ? "That key came before the question was on the screen: read it, then answer."
        : "The question doesn't fit on the screen: make it larger to answer yes.", .warning)
  }

  private mutating func sayOtherName(_ question: Question) -> Effect? {
    say("That is another name. Type \(question.shownWord), to the letter.", .warning)
    return nil
  }

  /// Back to the form that led to the question; from there, and from any other question, away.
  private mutating func leaveQuestion() {
    if case .confirming = mode, let form = heldForm {
      mode = .filling(form)
    } else {
      mode = .browsing
    }
    heldForm = nil
  }

  private mutating func proceed(with question: Question) -> Effect {
    mode = .browsing
    heldForm = nil
    let preflight = question.preflight
    let effect = send(preflight.command, preflight.target, preflight.facts)
    // A failover goes to one Sentinel only, and has a strip of its own.
    if case .failover = question.request { return effect }
    begin(Undertaking(question.request, preflight, at: present))
    // Its progress says more, and the keys that work there are wanted.
    notice = nil
    return effect
  }

  private mutating func send(
    _ command: Command, _ target: Target, _ facts: Preflight.Facts?
  ) -> Effect {
    underWay[command] = commandLog.append(
      CommandLogEntry(at: now, command: command, target: target, orders: facts?.orders ?? [:]))
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
