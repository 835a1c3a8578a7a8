import SentinelModel
import Testing

@testable import RedisSentinel

@Suite struct BeatTests {
  private let beat = Beat(from: Timestamp(milliseconds: 10_400))

  @Test(arguments: [
    (10_400, 1_000), (10_401, 999), (10_900, 500), (10_901, 1_499), (11_399, 1_001),
    (11_400, 1_000), (10_300, 1_100), (9_900, 500),
  ])
  func `ticks are whole paces from the start, and none follows too soon`(now: Int, pause: Int) {
    #expect(
      beat.pause(at: Timestamp(milliseconds: Int64(now)), pace: .seconds(1))
        == .milliseconds(pause))
  }

  @Test func `who began at different moments ticks at the same`() {
    let moments = [10_450, 10_700, 11_020].map { Timestamp(milliseconds: $0) }
    for pace in [Duration.milliseconds(250), .seconds(1), .seconds(5)] {
      let ticks = moments.map { moment in
        var moment = moment
        for _ in 0..<3 { moment = moment.advanced(by: beat.pause(at: moment, pace: pace)) }
        return (moment.microseconds - 10_400_000) % pace.inMicroseconds
      }
      #expect(ticks == [0, 0, 0])
    }
  }

  @Test func `no pace at all is no trouble`() {
    #expect(beat.pause(at: Timestamp(milliseconds: 10_500), pace: .zero) > .zero)
  }
}
