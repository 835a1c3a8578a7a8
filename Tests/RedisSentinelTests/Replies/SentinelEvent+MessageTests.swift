import RESP
import RedisSentinel
import SentinelModel
import TestSupport
import Testing

@Suite struct SentinelEventMessageTests {
  @Test(arguments: ["resp2", "resp3"])
  func `of a subscribed connection only the messages are events`(version: String) throws {
    let events = try Fixture.replies("replies/subscribe-stream.\(version).resp").compactMap {
      $0.elements.flatMap { SentinelEvent(message: $0, knownServices: []) }
    }
    #expect(events.map(\.description) == ["+set master mymaster 127.0.0.1 27001 quorum 2"])
    #expect(events.first?.service == "mymaster")
  }

  @Test func `a plain subscription's message is an event too`() {
    let event = SentinelEvent(
      message: [.bulkString("message"), .bulkString("+sdown"), .bulkString("master a b h 1")],
      knownServices: ["a b"])
    #expect(event?.name == .sDown && event?.service == "a b")
  }

  @Test(
    arguments: [
      [], [.bulkString("message")], [.bulkString("message"), .bulkString("+x")],
      [.bulkString("message"), .bulkString("+x"), .null],
      [.bulkString("message"), .array([]), .bulkString("y")],
      [.bulkString("pmessage"), .bulkString("*"), .bulkString("+x")],
      [.bulkString("psubscribe"), .bulkString("*"), .integer(1)],
      [.bulkString("pong"), .bulkString("")], [.bulkString("invalidate"), .null],
      [.integer(1), .integer(2), .integer(3)],
    ] as [[RESPValue]])
  func `any other push is none`(message: [RESPValue]) {
    #expect(SentinelEvent(message: message, knownServices: []) == nil)
  }
}
