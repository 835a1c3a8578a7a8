import SentinelInsight
import SentinelModel
import TestSupport
import Testing

/// What is told of every recording; `Tests/Fixtures/README.md` says what was done in each.
@Suite struct FailoverTimelineGoldenTests {
  static func names() throws -> [String] { try Fixture.eventNames() }

  @Test func `every recording is told as it happened`() throws {
    for name in try Self.names() {
      let title = name.replacing("events/", with: "").replacing("/", with: "-")
      try expectGolden(Recording.whole(name).incidentText, "incidents-\(title)")
    }
  }
}
