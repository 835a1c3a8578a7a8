import Canvas
import Dashboard
import SentinelInsight
import SentinelModel
import TestSupport
import Testing

@Suite struct RenderTests {
  static let sizes = [
    Size(columns: 120, rows: 36), Size(columns: 80, rows: 24), Size(columns: 40, rows: 12),
  ]

  @Test(arguments: sizes)
  func `nothing is wrong`(size: Size) throws {
    try golden(State(.healthy, size: size), "healthy")
  }

  @Test(arguments: sizes)
  func `a master is down by quorum and a failover runs`(size: Size) throws {
    try golden(State(.failingOver, size: size), "failover")
  }

  @Test(arguments: sizes)
  func `one Sentinel doesn't answer`(size: Size) throws {
    try golden(State(.oneLost, size: size), "lost")
    try golden(State(.oneLost, size: size).pressing("3"), "lost-sentinels")
  }

  @Test(arguments: sizes)
  func `nobody has answered yet`(size: Size) throws {
    try golden(State(Sample(), size: size), "connecting")
  }

  @Test(arguments: sizes)
  func `nobody answers`(size: Size) throws {
    var sample = Sample(seeds: [Sample.sentinels[0]])
    sample.observe(.lost(reason: "connection refused"), by: 1)
    sample.pass(.seconds(12))
    try golden(State(sample, size: size), "nobody")
  }

  @Test(arguments: sizes)
  func `no master is monitored`(size: Size) throws {
    var sample = Sample(seeds: [Sample.sentinels[0]])
    sample.connect([1])
    sample.report([], by: [1])
    try golden(State(sample, size: size), "nothing-monitored")
  }

  @Test(arguments: sizes)
  func `the question stands above the panes`(size: Size) throws {
    try golden(State(.oneLost, size: size).pressing("F"), "confirm-failover")
    try golden(State(.healthy, size: size).pressing("R", "Tab"), "confirm-reset")
  }

  @Test(arguments: sizes)
  func `a question that is asked anew says what has changed`(size: Size) throws {
    var state = State(.healthy, size: size).pressing("F")
    var sample = Sample.healthy
    sample.report([
      Sample.master("cache", port: 6380, epoch: 7), Sample.master("session", port: 6479),
    ])
    _ = state.update(.observed(sample.topology, sample.log))
    try golden(state, "confirm-changed")
  }

  @Test(arguments: sizes)
  func `help reads the table out`(size: Size) throws {
    try golden(State(.healthy, size: size).pressing("?"), "help")
    try golden(State(.healthy, size: size).pressing("?", "End"), "help-end")
  }

  @Test(arguments: sizes)
  func `the command log shows answers and lines for a shell`(size: Size) throws {
    var state = State(.healthy, size: size).pressing("c")
    let verdicts: [Outcome.Verdict] = [
      .accepted("OK 3 usable Sentinels"), .refused("NOQUORUM 1 usable Sentinel"),
      .unknown("no answer within 3 s"),
    ]
    let answers = zip(Sample.sentinels, verdicts).map {
      Outcome.Answer(sentinel: $0, verdict: $1, elapsed: .microseconds(430))
    }
    let outcome = Outcome(
      command: .checkQuorum("cache"), startedAt: state.now, endedAt: state.now, answers: answers)
    _ = state.update(.finished(outcome))
    state.press("F", "y")
    try golden(state, "sent")
    try golden(state.pressing("L"), "command-log")
  }

  @Test(arguments: sizes)
  func `what can't be done says why`(size: Size) throws {
    var sample = Sample.healthy
    for sentinel in 1...3 {
      sample.observe(
        .replicas(
          "cache",
          [
            Sample.replica(6380, priority: 0),
            Sample.replica(6381, flags: [.replica, .disconnected]),
          ]), by: sentinel)
    }
    try golden(State(sample, size: size).pressing("F"), "confirm-no")
  }

  @Test(arguments: sizes)
  func `everything can be shown in ASCII`(size: Size) throws {
    let state = State(.failingOver, size: size, symbols: .ascii)
    try golden(state, "ascii")
    #expect(render(state).text.utf8.allSatisfy { $0 < 128 })
    #expect(render(state.pressing("?")).text.utf8.allSatisfy { $0 < 128 })
  }

  @Test func `every size is drawn, in every mode and pane`() async {
    let states: [State] = [
      State(.failingOver), State(.oneLost), State(Sample()), State(.healthy).pressing("F"),
      State(.healthy).pressing("?"), State(.healthy).pressing("c", "L"), State(.hostile),
      State(.healthy).pressing("3"), State(.oneLost).pressing("4", "Up"),
      State(.hostile).pressing("F"), State(.switching), State(.home, symbols: .ascii),
      State(.differing).pressing("a"), State(.home).pressing("t"), State(.hostile).pressing("a"),
      State(.differing, findings: Sample.findings).pressing("d"),
      State(.hostile).pressing("2", "Enter"),
    ]
    let columns = Array(1...8) + Array(stride(from: 10, to: 200, by: 13)) + [71, 72, 107, 108, 200]
    let rows = Array(1...10) + [15, 16, 17, 18, 24, 60]
    for state in states {
      for columns in columns {
        // Others wait for a server that is quick to answer.
        await Task.yield()
        for rows in rows {
          var state = state
          let size = Size(columns: columns, rows: rows)
          _ = state.update(.resized(size))
          #expect(render(state).size == size)
        }
      }
    }
    var state = State.sample
    _ = state.update(.resized(Size(columns: 0, rows: 0)))
    #expect(render(state).text.isEmpty)
  }

  @Test func `nothing a server says reaches the screen as a control character`() throws {
    for pane in ["1", "2", "3", "4"] {
      for size in Self.sizes {
        let state = State(.hostile, size: size).pressing(pane)
        for state in [state, state.pressing("Enter"), state.pressing("a"), state.pressing("t")] {
          let text = render(state).text
          #expect(
            text.unicodeScalars.allSatisfy {
              $0 == "\n" || $0.properties.generalCategory != .control
            })
          #expect(!text.unicodeScalars.contains { $0.properties.isBidiControl })
        }
      }
    }
    try golden(State(.hostile), "hostile")
    try golden(State(.hostile).pressing("F"), "hostile-confirm")
  }

  @Test func `what is wrong is said by a symbol, not by colour alone`() {
    let grid = render(State(.failingOver))
    #expect(grid.style(of: "✖")?.role == .critical)
    #expect(grid.style(of: "0/2")?.role == .warning)
    #expect(grid.style(of: "promote")?.role == .running)
    #expect(grid.style(of: "all well") == nil)
    #expect(render(.sample).style(of: "● all well")?.role == .healthy)
  }

  @Test func `what was last heard of a lost Sentinel is dimmed`() throws {
    let grid = render(State(.oneLost))
    #expect(grid.style(of: "127.0.0.1:26381")?.role == .dim)
    #expect(grid.style(of: "down 12s")?.role == .warning)
    #expect(grid.style(of: "127.0.0.1:26380")?.role == .text)
  }

  private func golden(_ state: State, _ name: String) throws {
    try expectGolden(render(state).text, "\(name)-\(state.size.columns)x\(state.size.rows)")
  }
}

extension Sample {
  /// Servers that say what they like.
  static let hostile: Sample = {
    let names: [ServiceName] = [
      "\u{1B}[2J\u{1B}]0;owned\u{07}", "\u{202E}evil", "日本語のサービス名前がとても長い",
      "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
      "👩‍👩‍👧‍👦 family", "tab\tand\nnewline", "", " ",
      ServiceName(String(repeating: "long", count: 5_000)),
    ]
    var sample = Sample()
    sample.connect()
    sample.report(names.map { master($0, flags: [.master, .sDown]) })
    for sentinel in 1...3 {
      for name in names {
        var bad = replica(6380)
        bad.report.address = NodeAddress(host: "\u{1B}[31mred", port: 0)
        bad.sinceInfo = .seconds(Int64.max)
        bad.masterLink = .down(for: .seconds(-5))
        bad.replicationOffset = .max
        bad.priority = .min
        sample.observe(.replicas(name, [bad, replica(6381)]), by: sentinel)
      }
    }
    sample.announce("+sdown\u{1B}[1m", "\u{9B}31m \u{0} garbage", by: [1])
    sample.announce("+odown", "master \u{202E}evil 127.0.0.1 6379 #quorum 9/2", by: [1, 2])
    sample.announce("+x", String(repeating: "payload ", count: 5_000), by: [3])
    sample.observe(.lost(reason: "\u{1B}c reset \r\n twice"), by: 3)
    return sample
  }()
}
