import NIOCore
import RESP
import Testing

@testable import RedisSentinel

@Suite struct ConversationMachineTests {
  private var machine = ConversationMachine<String>()
  private let later = NIODeadline.uptimeNanoseconds(1_000)

  private func push(_ words: String...) -> RESPValue {
    .push(words.map { .bulkString(RESPBytes($0)) })
  }

  private func array(_ words: String...) -> RESPValue {
    .array(words.map { .bulkString(RESPBytes($0)) })
  }

  @Test mutating func `replies go to the calls in the order in which they were sent`() {
    machine.sent("a", id: 1, by: later)
    machine.sent("b", id: 2, by: later)
    #expect(machine.received(.integer(1)).answered == "a")
    #expect(machine.received(.integer(2)).answered == "b")
    #expect(machine.owedCount == 0)
  }

  @Test mutating func `the reply of an abandoned call is dropped and shifts nobody's`() {
    machine.sent("a", id: 1, by: later)
    machine.sent("b", id: 2, by: later)
    #expect(machine.abandon(1) == ["a"])
    #expect(machine.received(.integer(1)).isDrop)
    #expect(machine.received(.integer(2)).answered == "b")
  }

  @Test mutating func `a call that was answered can't be abandoned`() {
    machine.sent("a", id: 1, by: later)
    _ = machine.received(.integer(1))
    #expect(machine.abandon(1) == [])
  }

  @Test mutating func `abandoning a pipeline abandons those of its calls that are still open`() {
    machine.sent("a", id: 1, by: later)
    machine.sent("b", id: 1, by: later)
    _ = machine.received(.integer(1))
    #expect(machine.abandon(1) == ["b"])
    #expect(machine.received(.integer(2)).isDrop)
  }

  @Test mutating func `a push between a call and its reply is delivered and answers nothing`() {
    machine.sent("a", id: 1, by: later)
    #expect(machine.received(push("pmessage", "*", "+sdown", "x")).delivered == 4)
    #expect(machine.received(.integer(1)).answered == "a")
  }

  @Test mutating func `a subscription in RESP3 is answered by its last confirmation`() {
    machine.sent("ask", id: 1, by: later)
    machine.sent("subscribe", id: 2, expects: .confirmations(2), by: later)
    machine.sent("ask again", id: 3, by: later)
    #expect(machine.received(.integer(1)).answered == "ask")
    #expect(machine.received(push("psubscribe", "+*", "1")).isDrop)
    #expect(machine.received(push("psubscribe", "-*", "2")).answered == "subscribe")
    #expect(machine.received(.integer(3)).answered == "ask again")
  }

  @Test
  mutating func
    `a subscription in RESP2 is answered by its confirmation, and messages are delivered`()
  {
    machine.sent("subscribe", id: 1, expects: .confirmations(1), by: later)
    #expect(machine.received(array("psubscribe", "*", "1")).answered == "subscribe")
    #expect(machine.received(array("pmessage", "*", "+sdown", "x")).delivered == 4)
  }

  @Test mutating func `a confirmation of another name or word answers nothing`() {
    machine.sent("s", id: 1, expects: .confirmation(of: "ssubscribe", ["a", "b"]), by: later)
    #expect(machine.received(array("sunsubscribe", "a", "0")).isDrop)
    #expect(machine.received(array("ssubscribe", "a", "1")).isDrop)
    #expect(machine.received(array("ssubscribe", "a", "1")).isDrop)
    #expect(machine.received(array("smessage", "a", "x")).delivered == 3)
    #expect(machine.received(array("ssubscribe", "b", "2")).answered == "s")
  }

  @Test mutating func `a subscription that is refused is answered by the error`() {
    machine.sent("subscribe", id: 1, expects: .confirmations(1), by: later)
    #expect(machine.received(.error("NOPERM no")).answered == "subscribe")
  }

  @Test mutating func `an array that looks like a message is a reply where nothing is subscribed`()
  {
    machine.sent("a", id: 1, by: later)
    #expect(machine.received(array("message", "channel", "payload")).answered == "a")
  }

  @Test mutating func `a confirmation that nobody waits for is dropped`() {
    #expect(machine.received(push("punsubscribe", "*", "0")).isDrop)
  }

  @Test mutating func `a reply that nobody asked for ends the conversation`() {
    #expect(machine.received(.integer(1)).isHangUp)
  }

  @Test
  mutating func `everybody who still waits is told of the end, and those who gave up are not`() {
    machine.sent("a", id: 1, by: later)
    machine.sent("b", id: 2, by: later)
    machine.sent("c", id: 3, by: later)
    _ = machine.abandon(2)
    #expect(machine.ended() == ["a", "c"])
    #expect(machine.owedCount == 0)
  }

  @Test
  mutating func `the deadline is that of the most urgent reply that is owed, abandoned ones too`() {
    #expect(machine.nextDeadline == nil)
    machine.sent("a", id: 1, by: later)
    machine.sent("b", id: 2, by: .uptimeNanoseconds(500))
    #expect(machine.nextDeadline == .uptimeNanoseconds(500))
    _ = machine.abandon(2)
    #expect(machine.nextDeadline == .uptimeNanoseconds(500))
    _ = machine.received(.integer(1))
    _ = machine.received(.integer(2))
    #expect(machine.nextDeadline == nil)
  }
}

extension ConversationMachine.Step where Call == String {
  fileprivate var answered: String? { if case .answer(let call, _) = self { call } else { nil } }
  fileprivate var delivered: Int? {
    if case .deliver(let elements) = self { elements.count } else { nil }
  }
  fileprivate var isDrop: Bool { if case .drop = self { true } else { false } }
  fileprivate var isHangUp: Bool { if case .hangUp = self { true } else { false } }
}
