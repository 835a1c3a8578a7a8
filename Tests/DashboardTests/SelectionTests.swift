import Canvas
import Dashboard
import SentinelInsight
import SentinelModel
import Testing

@Suite struct SelectionTests {
  @Test func `the worst service is on top and selected at the start`() {
    let state = State(.failingOver)
    #expect(state.services.map(\.name) == ["session", "cache"])
    #expect(state.service?.name == "session")
  }

  @Test func `the selection follows the worst until somebody presses a key`() {
    var state = State.sample
    #expect(state.service?.name == "cache")
    let sample = Sample.failingOver
    #expect(state.update(.observed(sample.topology, sample.log)) == .focus("session"))

    state = State.sample
    state.press("Ctrl-L")
    #expect(state.update(.observed(sample.topology, sample.log)) == nil)
    #expect(state.service?.name == "cache")
    #expect(state.services.first?.name == "session")
  }

  @Test func `the first topology tells which service is looked at`() {
    var state = State(
      deployment: "lab", seeds: [], size: Size(columns: 80, rows: 24), now: Sample.start)
    #expect(state.update(.observed(Sample.healthy.topology, Sample.healthy.log)) == .focus("cache"))
  }

  @Test func `moving in Masters tells which service is looked at, once`() {
    var state = State.sample
    #expect(state.press("Down") == .focus("session"))
    #expect(state.press("Down") == nil)
    #expect(state.replicas?.map(\.address.port) == [6480, 6481])
    #expect(state.press("k") == .focus("cache"))
    #expect(state.press("G") == .focus("session"))
    #expect(state.press("g") == .focus("cache"))
  }

  @Test func `where the selected service vanishes the nearest one is taken`() {
    var state = State(services(["a", "b", "c"]))
    state.press("Down")
    let sample = services(["a", "c"])
    #expect(state.update(.observed(sample.topology, sample.log)) == .focus("c"))
    let last = services(["a"])
    #expect(state.update(.observed(last.topology, last.log)) == .focus("a"))
  }

  @Test func `the selection outlives a moment in which nothing is known`() {
    var state = State(services(["a", "b", "c"]))
    state.press("Down")
    _ = state.update(.observed(Topology(), Sample.healthy.log))
    #expect(state.service == nil)
    let sample = services(["a", "b", "c"])
    _ = state.update(.observed(sample.topology, sample.log))
    #expect(state.service?.name == "b")
  }

  @Test func `a replica stays selected while others come and go before it`() {
    var state = State.sample
    state.press("2", "Down")
    #expect(state.selectedReplica.name == Sample.address(6381))
    var sample = Sample.healthy
    for sentinel in 1...3 {
      sample.observe(
        .replicas("cache", [6370, 6380, 6381, 6390].map { Sample.replica($0) }), by: sentinel)
    }
    _ = state.update(.observed(sample.topology, sample.log))
    #expect(state.selectedReplica.name == Sample.address(6381))
  }

  @Test func `the selected row is always in view`() {
    var state = State(
      services((0..<200).map { ServiceName("service-\($0 + 1_000)") }),
      size: Size(columns: 80, rows: 24))
    for key in ["Down", "PgDn", "PgDn", "Up", "End", "Up", "PgUp", "Home", "End"] {
      state.press(key)
      #expect(render(state).text.contains(state.service?.name.rawValue ?? "?"))
    }
  }

  @Test func `moving up moves the cursor before it moves the list`() {
    var state = State(
      services((0..<50).map { ServiceName("service-\($0 + 1_000)") }),
      size: Size(columns: 80, rows: 24))
    state.press("End")
    let before = state.scrolls[.masters]
    state.press("Up", "Up")
    #expect(state.scrolls[.masters] == before)
  }

  private func services(_ names: [ServiceName]) -> Sample {
    var sample = Sample()
    sample.connect()
    sample.report(names.map { Sample.master($0) })
    return sample
  }
}
