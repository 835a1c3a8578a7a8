import Canvas
import RedisSentinel
import SentinelModel
import Testing

@testable import Dashboard
@testable import sentop

struct ConfigColumnsTests {
  @Test func `the titles that a config may name are those of the panes`() {
    let state = State(
      deployment: "", seeds: [], size: Size(columns: 200, rows: 60), now: Timestamp(microseconds: 0)
    )
    func titles<Row>(_ columns: [Column<Row>]) -> [String] {
      columns.map(\.title).filter { !$0.isEmpty }
    }
    #expect(ConfigColumns.known[.masters] == titles(MastersPane.columns(state, width: 200)))
    #expect(ConfigColumns.known[.replicas] == titles(ReplicasPane.columns(state, width: .max)))
    // Some of these are there only with a service.
    let sentinels = titles(SentinelsPane.columns(state, width: 200))
    #expect(ConfigColumns.known[.sentinels]?.filter(sentinels.contains) == sentinels)
  }
}
