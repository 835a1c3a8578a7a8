import SentinelInsight
import SentinelModel
import Testing

@Suite struct HealthTests {
  @Test func `the worse is the greater`() {
    let all: [Health] = [.up, .unknown, .silent, .failover, .sDown, .oDown]
    #expect(all.sorted() == all)
    #expect(all.map(\.word) == ["up", "unknown", "silent", "failover", "sdown", "odown"])
    #expect(Severity.allCases.sorted() == [.info, .notice, .warning, .critical])
  }

  @Test(arguments: [
    (0, "0.00 s"), (4, "0.00 s"), (5, "0.01 s"), (1_034, "1.03 s"), (9_994, "9.99 s"),
    (9_996, "10.0 s"), (10_090, "10.0 s"), (21_321, "21.3 s"), (3_600_000, "3600.0 s"),
  ])
  func `seconds have as many digits as they need`(milliseconds: Int, words: String) {
    #expect(Duration.milliseconds(milliseconds).inSeconds == words)
  }
}

@Suite struct LogEntryTests {
  private func entry(_ verdicts: Outcome.Verdict...) -> LogEntry {
    let command = Command.set("cache", [.authPassword("hunter2"), .quorum(3)])
    let answers = zip(Sample.sentinels, verdicts).map {
      Outcome.Answer(sentinel: $0, verdict: $1, elapsed: .zero)
    }
    return LogEntry(
      .outcome(
        Outcome(
          command: command, startedAt: Sample.start, endedAt: Sample.start, answers: answers)),
      at: Sample.start)
  }

  @Test func `an outcome tells what each Sentinel said, and no password`() {
    let mixed = entry(.accepted("OK"), .refused("ERR no"), .unknown("no answer in time"))
    #expect(mixed.title == "you: SET")
    #expect(mixed.severity == .warning)
    let words = mixed.words(in: Sample.calm)
    #expect(words == "s1: OK; s2: ERR no; s3: no answer in time")
    #expect(!"\(mixed.title) \(words)".contains("hunter2"))
    #expect(entry(.accepted("OK")).severity == .notice)
    #expect(entry().words(in: Sample.calm) == "nobody was asked")
  }

  @Test func `the spread is the time from the first to the last who said it`() {
    func source(_ sentinel: NodeAddress, _ after: Duration) -> LogEntry.Source {
      LogEntry.Source(sentinel: sentinel, at: Sample.start.advanced(by: after))
    }
    let late = LogEntry(
      .note("x", .info), at: Sample.start,
      sources: [
        source(Sample.s1, .zero), source(Sample.s2, .seconds(3)), source(Sample.s3, .seconds(1)),
      ])
    #expect(late.spread == .seconds(3))
    #expect(LogEntry(.note("x", .info), at: Sample.start).spread == .zero)
  }
}
