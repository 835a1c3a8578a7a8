import SentinelModel
import Testing

@testable import SentinelLab

struct LabLayoutTests {
  @Test func `one service is called mymaster, several have names that tell them apart`() {
    #expect(LabLayout().services == ["mymaster"])
    #expect(LabLayout(masters: 3).services == ["session", "cache", "queue"])
    #expect(Set(LabLayout(masters: 20).services).count == 20)
  }

  @Test(arguments: [(1, 1), (2, 2), (3, 2), (4, 3), (5, 3)])
  func `the quorum is a majority unless it is given`(sentinels: Int, majority: Int) {
    #expect(LabLayout(sentinels: sentinels).quorum == majority)
    #expect(LabLayout(sentinels: sentinels, quorum: 1).quorum == 1)
  }

  @Test func `a port is counted for every server`() {
    #expect(LabLayout(masters: 2, replicas: 3, sentinels: 5).portCount == 2 * 4 + 5)
  }

  @Test(arguments: [
    LabLayout(masters: 0, sentinels: 0), LabLayout(replicas: -1), LabLayout(sentinels: -1),
    LabLayout(quorum: 0), LabLayout(services: ["a", "a"]), LabLayout(services: ["a b"]),
  ])
  func `an impossible layout is refused`(layout: LabLayout) {
    #expect(throws: LabError.self) { try layout.check() }
  }

  @Test(arguments: ["a b", "a\"b", "a'b", "a\nb"])
  func `a password that a sentinel would write down wrong is refused`(password: String) throws {
    var layout = LabLayout()
    layout.sentinelPassword = password
    try layout.check()
    layout.nodePassword = password
    let error = try #require(throws: LabError.self) { try layout.check() }
    #expect(!"\(error)".contains(password))
  }

  @Test func `a possible layout is not refused`() throws {
    try LabLayout().check()
    try LabLayout(masters: 4, replicas: 0, sentinels: 0).check()
    try LabLayout(masters: 0, sentinels: 3).check()
  }
}
