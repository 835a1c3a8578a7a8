import Testing

@testable import sentop

struct TimeSpanTests {
  @Test(arguments: [
    ("60s", Duration.seconds(60)), ("250ms", .milliseconds(250)), ("2m", .seconds(120)),
    ("1.5s", .milliseconds(1_500)), ("1h", .seconds(3_600)), ("10", .seconds(10)),
    (".5s", .milliseconds(500)), ("0", .zero),
  ])
  func `a time is a number and a unit, seconds where there is none`(
    text: String, duration: Duration
  ) throws {
    #expect(try #require(TimeSpan(argument: text)).duration == duration)
  }

  @Test(arguments: [
    "", "s", "ms", "soon", "-1s", "+1s", "1 s", " 1s", "1d", "1S", "1e10", "nan", "inf", "0x10",
    "1e400h", "1,5s",
  ])
  func `what is no time is refused`(text: String) {
    #expect(TimeSpan(argument: text) == nil)
  }

  @Test func `the longest time that is taken can be added to the clock`() throws {
    let longest = try #require(TimeSpan(argument: "999999999h")).duration
    #expect(ContinuousClock.now + longest > ContinuousClock.now)
  }

  @Test func `it is shown as it was written`() throws {
    #expect(try #require(TimeSpan(argument: "1.50s")).description == "1.50s")
  }
}
