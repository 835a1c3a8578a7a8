import SentinelInsight
import SentinelModel
import Testing

@Suite struct IncidentCostTests {
  @Test func `a thousand services in peace leave no trace, and one in trouble only its own`() {
    var topology = Sample.calm
    var timeline = FailoverTimeline()
    var masters = (0..<1_000).map { Sample.master(ServiceName("service-\($0)")) }
    let clock = ContinuousClock()
    var spent = Duration.zero
    for second in 0..<60 {
      if second == 30 { masters[500].report.flags.insert(.sDown) }
      for sentinel in Sample.sentinels {
        let observation = Observation(
          source: sentinel, at: Sample.start.advanced(by: .seconds(second)),
          fact: .masters(masters, roundTrip: .zero))
        topology.apply(observation)
        spent += clock.measure { timeline.apply(observation, in: topology) }
      }
    }
    print("fold of \(180) answers of 1,000 masters: \(spent)")
    #expect(timeline.incidents.map(\.service) == ["service-500"])
    #expect(timeline.incidents.first?.sDowns.count == 3)
  }
}
