import Canvas
import Dashboard
import SentinelInsight
import SentinelModel
import Testing

@Suite struct CommandTests {
  @Test func `ckquorum goes to every Sentinel at once and asks nothing`() {
    var state = State.sample
    #expect(state.press("c") == .run(.checkQuorum("cache"), .all, nil))
    #expect(state.mode.kind == .browsing)
  }

  @Test func `a command isn't sent again before it is answered`() {
    var state = State.sample
    state.press("c")
    #expect(state.press("c") == nil)
    #expect(state.notice?.text == "SENTINEL CKQUORUM cache isn't answered yet.")
    _ = state.update(.finished(outcome(.checkQuorum("cache"), .accepted("OK"))))
    #expect(state.press("c") != nil)
  }

  @Test func `after a failover was sent no change of that service goes out until the answer`() {
    var state = State.sample
    state.press("F", "y")
    #expect(state.refusal(of: .failover) == .underWay("SENTINEL FAILOVER cache"))
    #expect(state.refusal(of: .reset) == .underWay("SENTINEL FAILOVER cache"))
    state.press("Down")
    #expect(state.refusal(of: .failover) == nil)
  }

  @Test func `a failover that was begun here refuses another one until it ends`() {
    let progress = FailoverProgress(
      of: "cache", via: Sample.sentinels[0], from: Sample.address(6379), at: Sample.start)
    let state = State(.healthy, failovers: [progress])
    #expect(state.refusal(of: .failover) == .failoverRuns("cache", on: "s1"))
  }

  @Test func `the command log tells what was sent and what came back`() {
    var state = State.sample
    state.press("c")
    #expect(state.commandLog.first?.answers == nil)
    _ = state.update(.finished(outcome(.checkQuorum("cache"), .refused("NOQUORUM"))))
    #expect(state.commandLog.count == 1)
    #expect(state.commandLog.first?.answers?.map(\.verdict) == [.refused("NOQUORUM")])
    #expect(state.notice?.text == "CKQUORUM cache: s1: NOQUORUM")
  }

  @Test func `an answer to what this screen didn't send is kept, too`() {
    var state = State.sample
    _ = state.update(.finished(outcome(.flushConfiguration, .accepted("OK"))))
    #expect(state.commandLog.map(\.words) == ["SENTINEL FLUSHCONFIG"])
  }

  @Test(arguments: [
    ("cache", "redis-cli -h 127.0.0.1 -p 26379 SENTINEL FAILOVER cache"),
    ("my cache", "redis-cli -h 127.0.0.1 -p 26379 SENTINEL FAILOVER 'my cache'"),
    ("a'; rm -rf /", "redis-cli -h 127.0.0.1 -p 26379 SENTINEL FAILOVER 'a'\\''; rm -rf /'"),
    ("", "redis-cli -h 127.0.0.1 -p 26379 SENTINEL FAILOVER ''"),
  ])
  func `the line for a shell holds any name as one word`(name: String, line: String) {
    let entry = CommandLogEntry(
      at: Sample.start, command: .failover(ServiceName(name)), target: .first)
    #expect(entry.shellLine(for: Sample.sentinels[0]) == line)
  }

  @Test func `a password stands nowhere`() {
    let entry = CommandLogEntry(
      at: Sample.start, command: .set("cache", [.authPassword("hunter2")]), target: .all)
    #expect(!entry.words.contains("hunter2"))
    #expect(!entry.shellLine(for: Sample.sentinels[0]).contains("hunter2"))
  }

  @Test func `the end of a failover that was begun here is announced once`() {
    var progress = FailoverProgress(
      of: "cache", via: Sample.sentinels[0], from: Sample.address(6379), at: Sample.start)
    var state = State(.healthy, failovers: [progress])
    var sample = Sample.healthy
    let event = SentinelEvent(
      channel: "-failover-abort-not-elected", payload: "master cache 127.0.0.1 6379")
    progress.apply(
      Observation(source: Sample.sentinels[0], at: sample.now, fact: .event(event)),
      in: sample.topology)
    sample.pass(.seconds(1))
    _ = state.update(.observed(sample.topology, sample.log, failovers: [progress]))
    #expect(state.notice?.text.hasPrefix("cache: failover aborted: not elected") == true)
    _ = state.update(.key(.down, at: state.now))
    _ = state.update(.observed(sample.topology, sample.log, failovers: [progress]))
    #expect(state.notice == nil)
  }

  private func outcome(_ command: Command, _ verdict: Outcome.Verdict) -> Outcome {
    Outcome(
      command: command, startedAt: Sample.start, endedAt: Sample.start,
      answers: [
        Outcome.Answer(
          sentinel: Sample.sentinels[0], verdict: verdict, elapsed: .microseconds(400))
      ])
  }
}
