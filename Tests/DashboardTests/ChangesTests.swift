import Canvas
import Dashboard
import SentinelModel
import Testing

@Suite struct ChangesTests {
  @Test func `a cell that says something else is marked for three seconds`() {
    var state = State.sample
    var sample = Sample.healthy
    sample.report([
      Sample.master("cache", epoch: 7),
      Sample.master("session", port: 6479, flags: [.master, .sDown]),
    ])
    state.press("Ctrl-L")
    _ = state.update(.observed(sample.topology, sample.log))
    #expect(render(state).style(of: "sdown 3/3")?.isChanged == true)
    #expect(render(state).style(of: "127.0.0.1:6479")?.isChanged == false)
    _ = state.update(.ticked(state.now.advanced(by: .seconds(2))))
    #expect(render(state).style(of: "sdown 3/3")?.isChanged == true)
    _ = state.update(.ticked(state.now.advanced(by: .seconds(1))))
    #expect(render(state).style(of: "sdown 3/3")?.isChanged == false)
  }

  @Test func `nothing is marked when it is seen for the first time`() {
    var state = State(.failingOver)
    state.press("Down")
    #expect(marked(render(state)).isEmpty)
  }

  @Test func `a figure that moves all the time isn't marked`() {
    var state = State.sample
    state.press("Ctrl-L")
    var sample = Sample.healthy
    for sentinel in 1...3 {
      sample.observe(
        .replicas("cache", [Sample.replica(6380, offset: 99_000_000), Sample.replica(6381)]),
        by: sentinel)
    }
    _ = state.update(.observed(sample.topology, sample.log))
    #expect(render(state).text.contains("99.0M"))
    #expect(marked(render(state)).isEmpty)
  }

  private func marked(_ grid: Grid) -> [String] {
    (0..<grid.size.rows).flatMap { grid.runs(row: $0) }.filter(\.style.isChanged).map(\.text)
  }
}
