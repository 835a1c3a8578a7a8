import SentinelInsight
import SentinelModel
import Testing

@Suite struct FlappingTests {
  private var flapping = Flapping()

  private func moment(_ seconds: Double) -> Timestamp {
    Sample.start.advanced(by: .milliseconds(Int64(seconds * 1_000)))
  }

  private mutating func say(
    _ channel: String, _ payload: String, _ sentinel: NodeAddress = Sample.s1, at seconds: Double
  ) {
    flapping.apply(
      Observation(
        source: sentinel, at: moment(seconds),
        fact: .event(SentinelEvent(channel: channel, payload: payload))))
  }

  private mutating func wait(
    _ milliseconds: Int64, flags: InstanceFlags = [.master], at seconds: Double
  ) {
    var master = Sample.master(flags: flags)
    master.report.downAfter = .seconds(5)
    master.report.sinceValidPing = .milliseconds(milliseconds)
    flapping.apply(
      Observation(
        source: Sample.s1, at: moment(seconds), fact: .masters([master], roundTrip: .zero)))
  }

  @Test mutating func `what all Sentinels say is one time down, and so is each of three`() throws {
    let node = "slave 10.0.0.2:6379 10.0.0.2 6379 @ cache 10.0.0.1 6379"
    for round in 0..<3 {
      let start = Double(round * 10)
      for (index, sentinel) in Sample.sentinels.enumerated() {
        say("+sdown", node, sentinel, at: start + Double(index) / 10)
      }
      for (index, sentinel) in Sample.sentinels.enumerated() {
        say("-sdown", node, sentinel, at: start + 5 + Double(index) / 10)
      }
    }
    let report = try #require(flapping.reports(at: moment(30)).first)
    #expect(report.address == Sample.b)
    #expect(report.role == .replica)
    #expect(report.downs == 3)
    #expect(report.ups == 3)
    #expect(report.isFlapping)
    // An hour later the first two are forgotten.
    #expect(flapping.reports(at: moment(3_616)).first?.downs == 1)
    #expect(flapping.reports(at: moment(7_300)).isEmpty)
  }

  @Test mutating func `switches and tilts are counted within the window`() {
    for hour in 0..<3 {
      say("+switch-master", "cache 10.0.0.1 1 10.0.0.2 1", Sample.s1, at: Double(hour) * 1_800)
      say("+switch-master", "cache 10.0.0.1 1 10.0.0.2 1", Sample.s2, at: Double(hour) * 1_800 + 1)
      say("+tilt", "#tilt mode entered", Sample.s3, at: Double(hour) * 1_800)
    }
    #expect(flapping.switchCount(of: "cache", at: moment(3_600)) == 3)
    #expect(flapping.switchCount(of: "cache", at: moment(5_000)) == 2)
    #expect(flapping.tiltCount(of: Sample.s3, at: moment(3_600)) == 3)
    #expect(flapping.tiltCount(of: Sample.s1, at: moment(3_600)) == 0)
  }

  @Test mutating func `a master that was silent for long calls for a longer down-after`() throws {
    for second in 0..<10 { wait(900, at: Double(second)) }
    wait(2_000, at: 10)
    wait(4_100, at: 12)
    wait(300, at: 13)
    let almost = try #require(flapping.almostDown("cache", at: moment(20)))
    #expect(almost.longest == .milliseconds(4_100))
    #expect(almost.margin == 18)
    #expect(almost.samples == 13)
    #expect(almost.watched == .seconds(20))
    // Half as much again, to the next half second.
    #expect(almost.proposed == .milliseconds(6_500))
  }

  @Test mutating func `a master that was really down, or is quick, calls for nothing`() throws {
    wait(900, at: 0)
    wait(4_900, at: 1)
    wait(6_000, flags: [.master, .sDown], at: 2)
    wait(100, at: 3)
    wait(2_500, at: 4)
    wait(100, at: 5)
    let almost = try #require(flapping.almostDown("cache", at: moment(6)))
    #expect(almost.longest == .milliseconds(2_500))
    #expect(almost.proposed == nil)
    #expect(flapping.almostDown("other", at: moment(6)) == nil)
  }
}
