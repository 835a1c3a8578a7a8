import RESP
import RedisSentinel
import TestSupport
import Testing

@Suite struct QuorumReportTests {
  @Test(arguments: [
    ("ckquorum-ok.resp2", true, true, 3),
    ("ckquorum-no-quorum.resp2", false, true, 2),
    ("ckquorum-no-majority.resp2", true, false, 1),
    ("ckquorum-no-quorum-no-majority.resp2", false, false, 1),
    ("versions/redis-5.0.14/ckquorum.resp2", true, true, 3),
    ("versions/redis-6.2.16/ckquorum.resp2", true, true, 3),
    ("versions/redis-7.2.6/ckquorum.resp2", true, true, 3),
    ("versions/valkey-8.0.1/ckquorum.resp2", true, true, 3),
  ])
  func `an answer tells what can be reached`(
    name: String, quorum: Bool, majority: Bool, usable: Int
  ) throws {
    let report = try #require(QuorumReport(reply: try Fixture.reply(name)))
    #expect(report.canReachQuorum == quorum)
    #expect(report.canAuthorizeFailover == majority)
    #expect(report.isReachable == (quorum && majority))
    #expect(report.usableSentinels == usable)
    #expect(report.message.contains("usable Sentinels"))
  }

  @Test(
    arguments: [
      .error("ERR No such master with that name"), .error("NOAUTH Authentication required."),
      .error("OK 3 usable"), .null, .integer(3), .simpleString("PONG"), .array([]), .error(""),
    ] as [RESPValue])
  func `any other answer is none`(reply: RESPValue) {
    #expect(QuorumReport(reply: reply) == nil)
  }

  @Test func `a refusal in unknown words promises nothing`() throws {
    let report = try #require(QuorumReport(reply: .error("NOQUORUM sorry")))
    #expect(!report.canReachQuorum && !report.canAuthorizeFailover)
    #expect(report.usableSentinels == nil)
  }
}
