import Canvas
import Dashboard
import SentinelInsight
import SentinelModel
import Testing

@Suite struct ConfirmTests {
  @Test func `a failover runs only after a yes`() {
    var state = State.sample
    #expect(state.press("F") == nil)
    guard case .run(.failover("cache"), .one(Sample.sentinels[0]), let facts?) = state.press("y")
    else {
      Issue.record("nothing was sent")
      return
    }
    #expect(facts.master == Sample.address(6379))
    #expect(facts.configEpoch == 6)
    #expect(state.mode.kind == .browsing)
  }

  @Test(arguments: ["n", "Esc", "q", "Enter"])
  func `everything but a clear yes cancels`(key: String) {
    var state = State.sample
    state.press("F")
    #expect(state.press(key) == nil)
    #expect(state.mode.kind == .browsing)
    #expect(state.commandLog.isEmpty)
  }

  @Test func `Enter does it only after the other button was chosen`() {
    var state = State.sample
    state.press("F", "Tab", "Tab")
    #expect(state.press("Enter") == nil)
    state.press("F", "Right")
    guard case .run(.failover("cache"), _, _) = state.press("Enter") else {
      Issue.record("nothing was sent")
      return
    }
  }

  @Test(arguments: ["y", "Enter", "Tab"])
  func `a key that came before the question was drawn answers nothing`(key: String) {
    var state = State.sample
    let typed = state.now.advanced(by: .milliseconds(10))
    #expect(state.update(.key(.character("F"), at: typed)) == nil)
    // Not drawn at all, then drawn after the key was pressed but before it was handled.
    #expect(state.update(.key(Key(key) ?? .escape, at: typed)) == nil)
    #expect(state.mode.kind == .confirming)
    _ = state.update(.drawn(typed.advanced(by: .milliseconds(5))))
    #expect(state.update(.key(Key(key) ?? .escape, at: typed)) == nil)
    #expect(state.mode.kind == .confirming)
    #expect(state.notice?.severity == .warning)
    #expect(state.commandLog.isEmpty)
  }

  @Test func `a question can be cancelled before it was drawn`() {
    var state = State.sample
    _ = state.update(.key(.character("F"), at: state.now))
    _ = state.update(.key(.escape, at: state.now))
    #expect(state.mode.kind == .browsing)
  }

  @Test func `pasted text answers nothing`() {
    var state = State.sample
    state.press("F")
    _ = state.update(.drawn(state.now))
    #expect(state.update(.key(.paste("y\n"), at: state.now.advanced(by: .seconds(1)))) == nil)
    #expect(state.mode.kind == .confirming)
  }

  @Test func `a held F neither answers nor asks twice`() {
    var state = State.sample
    for _ in 0..<20 { #expect(state.press("F") == nil) }
    #expect(state.mode.kind == .confirming)
    #expect(state.commandLog.isEmpty)
  }

  @Test func `a changed master asks anew, with Cancel as the default`() throws {
    var state = State.sample
    state.press("F", "Tab")
    _ = state.update(.drawn(state.now))
    var sample = Sample.healthy
    sample.report([
      Sample.master("cache", port: 6380, epoch: 7), Sample.master("session", port: 6479),
    ])
    _ = state.update(.observed(sample.topology, sample.log))
    guard case .confirming(let question) = state.mode else {
      Issue.record("the question is gone")
      return
    }
    #expect(question.preflight.facts.master == Sample.address(6380))
    #expect(question.choice == .cancel)
    #expect(try #require(question.notice).contains("127.0.0.1:6380"))
    // The old yes was meant for another question.
    #expect(state.update(.key(.character("y"), at: state.now)) == nil)
    #expect(state.mode.kind == .confirming)
    #expect(state.press("y") != nil)
  }

  @Test func `a refresh that changes nothing leaves the question as it is`() {
    var state = State.sample
    state.press("F", "Tab")
    let sample = Sample.healthy
    _ = state.update(.observed(sample.topology, sample.log))
    guard case .confirming(let question) = state.mode else {
      Issue.record("the question is gone")
      return
    }
    #expect(question.choice == .proceed)
    #expect(question.notice == nil)
  }

  @Test(arguments: ["y", "Tab"])
  func `a question that makes no sense any more says why, and takes no yes`(key: String) {
    var state = State.sample
    state.press("End", "F", "Tab")
    _ = state.update(.observed(Sample.failingOver.topology, Sample.failingOver.log))
    guard case .confirming(let question) = state.mode else {
      Issue.record("the question is gone")
      return
    }
    #expect(question.preflight.obstacles == ["a failover runs already, on s2"])
    #expect(question.notice != nil)
    #expect(state.press(key) == nil)
    #expect(state.commandLog.isEmpty)
    #expect(state.notice?.text.contains("can't be done") == true)
    state.press("Enter")
    #expect(state.mode.kind == .browsing)
  }

  @Test func `another winner asks anew`() {
    var sample = Sample.healthy
    var state = State(sample)
    state.press("F", "Tab")
    for sentinel in 1...3 {
      sample.observe(
        .replicas("cache", [Sample.replica(6380, priority: 0), Sample.replica(6381)]), by: sentinel)
    }
    _ = state.update(.observed(sample.topology, sample.log))
    guard case .confirming(let question) = state.mode else {
      Issue.record("the question is gone")
      return
    }
    #expect(question.notice == "127.0.0.1:6381 would be promoted now")
    #expect(question.choice == .cancel)
  }

  @Test func `a question that doesn't fit can't be answered with yes`() {
    var state = State(.healthy, size: Size(columns: 40, rows: 8))
    state.press("F")
    #expect(state.press("y") == nil)
    #expect(state.mode.kind == .confirming)
    #expect(state.notice?.text.contains("doesn't fit") == true)
    _ = state.update(.resized(Size(columns: 80, rows: 24)))
    #expect(state.update(.key(.character("y"), at: state.now)) == nil)
    #expect(state.press("y") != nil)
  }

  @Test func `a reset from the Sentinels pane is for the selected one only`() {
    var state = State.sample
    state.press("3", "Down", "R")
    guard case .run(.reset("cache"), .one(Sample.sentinels[1]), _) = state.press("y") else {
      Issue.record("not for one")
      return
    }
    state = State.sample
    state.press("R")
    guard case .run(.reset("cache"), .all, let facts?) = state.press("y") else {
      Issue.record("not for all")
      return
    }
    #expect(facts.sentinels == Sample.sentinels)
  }
}
