import Canvas
import Dashboard
import SentinelInsight
import SentinelModel
import Testing

/// A change after the yes: how it stands, how it is stopped, tried again, taken back.
@Suite struct UndertakingTests {
  private var sample = Sample.healthy
  private var state = State.sample
  private var command = Command.set("cache", [.quorum(3)])
  private var progress: ChangeProgress

  init() {
    var facts = Preflight.Facts(service: "cache", sentinels: Sample.sentinels)
    facts.master = Sample.address(6379)
    progress = ChangeProgress(command, facts, at: Sample.start)
  }

  private mutating func agree() throws {
    state.press("E")
    state.type("3")
    state.press("Enter")
    guard case .run(command, .all, let facts?) = state.press("y") else {
      throw CancellationError()
    }
    progress = ChangeProgress(command, facts, at: state.now)
  }

  /// The next Sentinel answers, and shows it where it has said yes.
  private mutating func answer(_ verdict: Outcome.Verdict = .accepted("OK")) {
    guard case .ask(let sentinel, _) = progress.next(at: state.now) else { return }
    progress.ask(sentinel, in: sample.topology, at: state.now)
    progress.take(
      Outcome.Answer(sentinel: sentinel, verdict: verdict, elapsed: .milliseconds(1)),
      in: sample.topology, at: state.now)
    if verdict.isAccepted {
      sample.now = state.now.advanced(by: .seconds(1))
      var master = Sample.master("cache")
      master.quorum = 3
      let number = (Sample.sentinels.firstIndex(of: sentinel) ?? 0) + 1
      sample.observe(.master(master), by: number)
      progress.observe(sample.topology, at: sample.now)
    }
    _ = state.update(.observed(sample.topology, sample.log))
    _ = state.update(.progressed(progress))
  }

  private mutating func finish() {
    _ = progress.next(at: state.now)
    _ = state.update(.progressed(progress))
    _ = state.update(.finished(progress.outcome(at: state.now)))
  }

  @Test mutating func `after the yes its progress stands there, Sentinel by Sentinel`() throws {
    try agree()
    #expect(state.mode.kind == .following)
    #expect(render(state).text.contains("SET cache"))
    answer()
    let text = render(state).text
    #expect(text.contains("s1  done      quorum 3"))
    #expect(text.contains("s3  waits"))
  }

  @Test mutating func `closed, it tells each step and its end`() throws {
    try agree()
    state.press("Esc")
    #expect(state.mode.kind == .browsing)
    answer()
    #expect(state.notice?.text.hasPrefix("SET cache: ") == true)
    answer()
    answer()
    finish()
    #expect(state.notice?.text.hasPrefix("SET cache: done at s1, s2 and s3") == true)
    state.press("P")
    #expect(state.mode.kind == .following)
  }

  @Test mutating func `the command log has the answers while it goes on`() throws {
    try agree()
    answer()
    #expect(state.commandLog.last?.answers?.map(\.sentinel) == [Sample.sentinels[0]])
    #expect(state.refusal(of: .edit) == .underWay("SENTINEL SET cache quorum 3"))
  }

  @Test mutating func `it is stopped before the next Sentinel, as long as there is one`() throws {
    try agree()
    #expect(state.press("a") == .stop(command))
    answer()
    answer()
    answer()
    #expect(state.press("a") == nil)
    #expect(state.notice?.text.contains("no Sentinel is left") == true)
  }

  @Test mutating func `what failed for some can be tried again for them, or taken back`() throws {
    try agree()
    answer()
    #expect(state.press("r") == nil)
    #expect(state.notice?.text == "SET cache is still under way.")
    answer(.failed("timed out"))
    finish()
    let text = render(state).text
    #expect(text.contains("s2  failed    timed out"))
    #expect(text.contains("not asked: s3"))

    var again = state
    again.press("r")
    guard case .confirming(let question) = again.mode else {
      Issue.record("it isn't asked again")
      return
    }
    #expect(question.preflight.command == command)
    #expect(question.preflight.facts.sentinels == [Sample.sentinels[1], Sample.sentinels[2]])

    state.press("u")
    guard case .run(let back, .all, let facts?) = state.press("y") else {
      Issue.record("nothing leads back")
      return
    }
    #expect(back.words == ["SENTINEL", "SET", "cache", "quorum", "2"])
    #expect(facts.sentinels == [Sample.sentinels[0]])
  }

  @Test mutating func `what is done can be taken back, but not tried again`() throws {
    try agree()
    for _ in 1...3 { answer() }
    finish()
    #expect(state.refusal(of: .retryChange) == .nothingToRetry("SET cache"))
    #expect(state.refusal(of: .undoChange) == nil)
  }

  @Test func `what isn't known from before can't be put back`() {
    var state = State.sample
    state.press("E", "Up", "Up", "Up")
    state.type("hunter2")
    state.press("Enter")
    guard case .run(let command, _, let facts?) = state.press("y") else {
      Issue.record("nothing was sent")
      return
    }
    var progress = ChangeProgress(command, facts, at: state.now)
    while case .ask(let sentinel, _) = progress.next(at: state.now) {
      progress.take(
        Outcome.Answer(sentinel: sentinel, verdict: .accepted("OK"), elapsed: .zero),
        in: state.topology, at: state.now)
    }
    _ = progress.next(at: state.now)
    _ = state.update(.progressed(progress))
    _ = state.update(.finished(progress.outcome(at: state.now)))
    #expect(command.words.contains("auth-pass"))
    #expect(state.refusal(of: .undoChange) == .noWayBack("SET cache"))
  }

  @Test mutating func `locked meanwhile, nothing is tried again or taken back`() throws {
    try agree()
    answer()
    answer(.refused("no"))
    finish()
    state.press("Esc", "O", "P")
    #expect(state.refusal(of: .undoChange) == .locked)
    #expect(state.press("u") == nil)
    #expect(state.mode.kind == .following)
  }

  @Test func `there is no progress before a change`() {
    var state = State.sample
    #expect(state.press("P") == nil)
    #expect(state.notice?.text == "Nothing was changed so far.")
  }
}
