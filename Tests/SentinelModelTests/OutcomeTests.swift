import SentinelModel
import Testing

@Suite struct OutcomeTests {
  @Test(
    arguments: [
      ([], false), ([.accepted("OK")], true), ([.accepted("OK"), .accepted("OK")], true),
      ([.accepted("OK"), .refused("INPROG")], false), ([.failed("no route")], false),
      ([.accepted("OK"), .unknown("time-out")], false),
    ] as [([Outcome.Verdict], Bool)])
  func `accepted is what all who were asked accepted`(
    verdicts: [Outcome.Verdict], isAccepted: Bool
  ) {
    let outcome = Outcome(
      command: .flushConfiguration, startedAt: Timestamp(milliseconds: 1),
      endedAt: Timestamp(milliseconds: 2),
      answers: verdicts.map {
        Outcome.Answer(
          sentinel: NodeAddress(host: "h", port: 1), verdict: $0, elapsed: .milliseconds(1))
      })
    #expect(outcome.isAccepted == isAccepted)
  }

  @Test func `every verdict has a text`() {
    let verdicts: [Outcome.Verdict] = [
      .accepted("a"), .refused("b"), .failed("c"), .unknown("d"),
    ]
    #expect(verdicts.map(\.text) == ["a", "b", "c", "d"])
  }
}
