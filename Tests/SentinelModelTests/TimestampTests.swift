import SentinelModel
import Testing

@Suite struct TimestampTests {
  @Test(arguments: [(0, 0), (1_999, 1), (-1, -1), (-1_000, -1), (-1_001, -2)])
  func `milliseconds are rounded down`(microseconds: Int64, milliseconds: Int64) {
    #expect(Timestamp(microseconds: microseconds).milliseconds == milliseconds)
  }

  @Test func `milliseconds in and out are the same`() {
    let stamp = Timestamp(milliseconds: 1_795_354_392_308)
    #expect(stamp.microseconds == 1_795_354_392_308_000)
    #expect(stamp.milliseconds == 1_795_354_392_308)
  }

  @Test(arguments: [
    Duration.zero, .microseconds(1), .milliseconds(1_500), .seconds(-3), .seconds(86_400 * 365),
    .milliseconds(-1),
  ])
  func `what is added is what lies between`(duration: Duration) {
    let start = Timestamp(milliseconds: 1_000)
    let end = start.advanced(by: duration)
    #expect(end.duration(since: start) == duration)
    #expect(start.duration(since: end) == .zero - duration)
    #expect((start < end) == (duration > .zero))
  }

  @Test(arguments: [
    (Duration.zero, 0, 0), (.milliseconds(1), 1_000, 1), (.seconds(2), 2_000_000, 2_000),
    (.microseconds(1_999), 1_999, 1), (.nanoseconds(999), 0, 0), (.milliseconds(-5), -5_000, -5),
    (.milliseconds(Int64.max), Int64.max, Int64.max),
    (.seconds(Int64.max), Int64.max, Int64.max), (.seconds(Int64.min), Int64.min, Int64.min),
  ])
  func `a duration in whole units ends at the largest number`(
    duration: Duration, microseconds: Int64, milliseconds: Int64
  ) {
    #expect(duration.inMicroseconds == microseconds)
    #expect(duration.inMilliseconds == milliseconds)
  }

  @Test func `a moment beyond all time is the last one`() {
    let far = Timestamp(milliseconds: .max)
    #expect(far == Timestamp(microseconds: .max))
    #expect(far.advanced(by: .seconds(1)) == far)
    #expect(Timestamp(milliseconds: .min).advanced(by: .seconds(-1)).microseconds == .min)
    #expect(far.duration(since: Timestamp(milliseconds: .min)) > .zero)
  }
}
