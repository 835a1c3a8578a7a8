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

/// However a failover that was asked for here ends, it is told.
@Suite struct FailoverEndTests {
  private let start = FailoverProgress(
    of: "cache", via: Sample.sentinels[0], from: Sample.address(6379), at: Sample.start)

  /// What the lowest line says after these observations of s1 and the others.
  private func notice(
    after time: Duration, _ facts: (sentinel: Int, fact: Observation.Fact)...
  ) -> Notice? {
    var progress = start
    var sample = Sample.healthy
    var state = State(.healthy, failovers: [progress])
    sample.pass(time)
    for (sentinel, fact) in facts {
      sample.observe(fact, by: sentinel)
      progress.apply(
        Observation(source: Sample.sentinels[sentinel - 1], at: sample.now, fact: fact),
        in: sample.topology)
    }
    _ = state.update(.ticked(sample.now))
    _ = state.update(.observed(sample.topology, sample.log, failovers: [progress]))
    return state.notice
  }

  @Test func `done`() {
    let master = Sample.master("cache", port: 6380, epoch: 7)
    let replicas = [Sample.replica(6379, of: 6380), Sample.replica(6381, of: 6380)]
    var facts: [(Int, Observation.Fact)] = (1...3).map { ($0, .master(master)) }
    facts += (1...3).map { ($0, .replicas("cache", replicas)) }
    let notice = notice(
      after: .seconds(20), facts[0], facts[1], facts[2], facts[3], facts[4], facts[5])
    #expect(notice?.text.hasPrefix("cache: failover done: 127.0.0.1:6380 is master") == true)
  }

  @Test func `aborted`() {
    let event = SentinelEvent(
      channel: "-failover-abort-no-good-slave", payload: "master cache 127.0.0.1 6379")
    let notice = notice(after: .seconds(2), (1, .event(event)))
    #expect(notice?.text.hasPrefix("cache: failover aborted: no replica fit") == true)
    #expect(notice?.severity == .critical)
  }

  @Test func `unknown, where its Sentinel died`() {
    let notice = notice(
      after: .seconds(181), (1, .lost(reason: "closed")), (2, .info(ServerInfo(text: ""))))
    #expect(notice?.text.contains("outcome unknown") == true)
    #expect(notice?.text.contains("s1, which led it, no longer answers") == true)
  }

  @Test(arguments: [
    Outcome.Verdict.refused("NOGOODSLAVE"), .failed("connection refused"), .unknown("timed out"),
  ])
  func `refused, not sent, or without an answer`(verdict: Outcome.Verdict) {
    var state = State.sample
    state.press("F", "y")
    let answer = Outcome.Answer(
      sentinel: Sample.sentinels[0], verdict: verdict, elapsed: .milliseconds(1))
    _ = state.update(
      .finished(
        Outcome(
          command: .failover("cache"), startedAt: state.now, endedAt: state.now, answers: [answer]))
    )
    #expect(state.notice?.text == "FAILOVER cache: s1: \(verdict.text)")
    #expect(state.notice?.severity == .warning)
    #expect(state.refusal(of: .failover) == nil)
  }
}
