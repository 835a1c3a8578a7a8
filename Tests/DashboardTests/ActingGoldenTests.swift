import Canvas
import Dashboard
import SentinelInsight
import SentinelModel
import TestSupport
import Testing

/// Forms, questions and progress as they stand on the screen.
@Suite struct ActingGoldenTests {
  private static let sizes = RenderTests.sizes

  private func golden(_ state: State, _ name: String) throws {
    try expectGolden(render(state).text, "\(name)-\(state.size.columns)x\(state.size.rows)")
  }

  private func typing(_ text: String, _ state: State) -> State {
    var state = state
    state.type(text)
    return state
  }

  @Test(arguments: sizes)
  func `a new master is filled in`(size: Size) throws {
    var state = State(.healthy, size: size).pressing("M")
    try golden(state, "form-monitor")
    state = typing("new queue", state)
    state.press("Tab")
    try golden(typing("10.0.0.9:x", state), "form-monitor-wrong")
  }

  @Test(arguments: sizes)
  func `settings are filled in beside what there is`(size: Size) throws {
    var state = State(.differing, size: size).pressing("E")
    state = typing("3", state).pressing("Down", "Down")
    try golden(typing("0", state), "form-settings")
    state = state.pressing("Up", "Up", "Up", "Up", "Up")
    try golden(typing("secret", state), "form-settings-password")
  }

  @Test(arguments: sizes)
  func `each change has a question`(size: Size) throws {
    var state = State(.oneLost, size: size).pressing("M")
    state = typing("queue", state).pressing("Tab")
    try golden(typing("10.0.0.9", state).pressing("Enter"), "confirm-monitor")
    try golden(State(.oneLost, size: size).pressing("D"), "confirm-remove")
    try golden(State(.healthy, size: size).pressing("W"), "confirm-flush")
    var settings = State(.differing, size: size).pressing("E")
    settings = typing("2", settings).pressing("Down", "Down")
    try golden(typing("20000", settings).pressing("Enter"), "confirm-set")
  }

  @Test(arguments: sizes)
  func `a protected deployment wants the name`(size: Size) throws {
    let state = State(.healthy, size: size, isProtected: true).pressing("F")
    try golden(typing("cach", state), "confirm-protected")
  }

  @Test(arguments: sizes)
  func `a rolling reset tells where it is`(size: Size) throws {
    let before = State(.healthy, size: size)
    var state = before.pressing("R")
    guard case .run(let command, _, let facts?) = state.press("y") else {
      Issue.record("nothing was sent")
      return
    }
    var sample = Sample.healthy
    var progress = ChangeProgress(command, facts, at: state.now)
    func answer(_ sentinel: Int) {
      progress.ask(Sample.sentinels[sentinel - 1], in: sample.topology, at: sample.now)
      progress.take(
        Outcome.Answer(
          sentinel: Sample.sentinels[sentinel - 1], verdict: .accepted("1 service reset"),
          elapsed: .milliseconds(1)), in: sample.topology, at: sample.now)
    }
    func tell(_ sentinel: Int, _ replicas: [ReplicaState]) {
      sample.observe(.replicas("cache", replicas), by: sentinel)
      sample.observe(.sentinels("cache", Sample.others(than: sentinel)), by: sentinel)
      progress.observe(sample.topology, at: sample.now)
    }
    sample.now = state.now
    answer(1)
    sample.pass(.seconds(8))
    tell(1, [Sample.replica(6380), Sample.replica(6381)])
    answer(2)
    sample.pass(.seconds(14))
    tell(2, [Sample.replica(6380)])
    _ = state.update(.observed(sample.topology, sample.log))
    _ = state.update(.progressed(progress))
    _ = state.update(.ticked(sample.now))
    try golden(state, "progress-reset")

    sample.pass(.seconds(16))
    progress.observe(sample.topology, at: sample.now)
    #expect(progress.next(at: sample.now) == .end)
    _ = state.update(.ticked(sample.now))
    _ = state.update(.progressed(progress))
    try golden(state, "progress-stopped")
  }

  @Test func `what can be seen of a form in ASCII is ASCII`() {
    for keys in [["M"], ["E"], ["E", "9", "Enter"], ["D"], ["W"], ["R"], ["W", "y"]] {
      var state = State(.differing, symbols: .ascii)
      for key in keys { state.press(key) }
      #expect(render(state).text.utf8.allSatisfy { $0 < 128 }, "\(keys)")
    }
  }

  @Test(arguments: ["M", "E", "D", "W", "R"])
  func `any size will do`(key: String) {
    var state = State(.differing, isProtected: true).pressing(key)
    for columns in [1, 2, 3, 7, 20, 39, 61, 200] {
      for rows in [1, 2, 3, 4, 5, 6, 9, 14, 60] {
        _ = state.update(.resized(Size(columns: columns, rows: rows)))
        _ = state.update(.drawn(state.now))
        #expect(render(state).size == Size(columns: columns, rows: rows))
      }
    }
  }
}
