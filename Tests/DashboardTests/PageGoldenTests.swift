import Canvas
import Dashboard
import SentinelInsight
import SentinelModel
import TestSupport
import Testing

/// The views that take the whole screen, and the strip of a failover.
@Suite struct PageGoldenTests {
  @Test(arguments: RenderTests.sizes)
  func `a Sentinel that differs is marked, cell by cell`(size: Size) throws {
    let state = State(.differing, size: size).pressing("a")
    try golden(state, "agreement")
    try golden(state.pressing("End"), "agreement-end")
  }

  @Test(arguments: RenderTests.sizes)
  func `the doctor tells what is sure, what settles, what is muted and what isn't known`(
    size: Size
  ) throws {
    let state = State(.differing, size: size, findings: Sample.findings).pressing("d")
    try golden(state, "doctor")
    try golden(state.pressing("End"), "doctor-end")
  }

  @Test(arguments: RenderTests.sizes)
  func `a failover is a strip while it runs, while somebody is missing, and when all are home`(
    size: Size
  ) throws {
    try golden(State(.switching, size: size), "strip-switching")
    try golden(State(.switched, size: size), "strip-switched")
    try golden(State(.home, size: size), "strip-home")
  }

  @Test(arguments: RenderTests.sizes)
  func `a failover is listed phase by phase`(size: Size) throws {
    try golden(State(.failingOver, size: size).pressing("t"), "failovers-running")
    try golden(State(.switched, size: size).pressing("t"), "failovers-switched")
    try golden(State(.home, size: size).pressing("t"), "failovers-home")
    try golden(State(.healthy, size: size).pressing("t"), "failovers-none")
  }

  @Test(arguments: RenderTests.sizes)
  func `all of the selected row is told, by whose word and how old`(size: Size) throws {
    for (key, name) in [("1", "master"), ("2", "replica"), ("3", "sentinel")] {
      try golden(State(.switched, size: size).pressing(key, "Enter"), "details-\(name)")
    }
    try golden(State(.oneLost, size: size).pressing("3", "End", "Enter"), "details-lost")
    try golden(State(.failingOver, size: size).pressing("4", "Up", "Enter"), "details-event")
  }

  private func golden(_ state: State, _ name: String) throws {
    try expectGolden(render(state).text, "\(name)-\(state.size.columns)x\(state.size.rows)")
  }
}
