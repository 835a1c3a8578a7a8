import SentinelInsight
import Testing

@Suite struct MeasureTests {
  @Test(
    arguments: [
      (.zero, "0 s"), (.microseconds(230), "0.2 ms"), (.milliseconds(31), "31 ms"),
      (.milliseconds(7_250), "7.2 s"), (.seconds(5), "5 s"), (.milliseconds(31_900), "31 s"),
      (.seconds(60), "1 min"), (.seconds(192), "3 min 12 s"), (.seconds(7_500), "2 h 5 min"),
      (.seconds(90_000), "1 d 1 h"), (.seconds(-3), "-3 s"),
    ] as [(Duration, String)])
  func `a time has as many digits as it needs`(time: Duration, words: String) {
    #expect(Measure.time(time) == words)
  }

  @Test(arguments: [
    (0, "0 B"), (999, "999 B"), (9_150, "9.1 kB"), (12_400_812, "12.4 MB"), (UInt64.max, "18.4 EB"),
  ])
  func `a size is told in thousands`(count: UInt64, words: String) {
    #expect(Measure.bytes(count) == words)
  }

  @Test(arguments: [(0, "no replicas"), (1, "1 replica"), (2, "2 replicas")])
  func `a number of things has its noun`(count: Int, words: String) {
    #expect(Measure.count(count, "replica") == words)
  }
}
