import RESP
import RedisSentinel
import SentinelModel
import TestSupport
import Testing

@Suite struct PendingScriptTests {
  @Test(arguments: [
    ("pending-scripts-running.resp2", 2_715, 448, 1),
    ("pending-scripts-running.resp3", 2_715, 448, 1),
    ("pending-scripts-scheduled.resp2", 2_716, 1_287, 2),
    ("pending-scripts-scheduled.resp3", 2_716, 1_288, 2),
  ])
  func `a script that runs says as which process and for how long`(
    name: String, process: Int, milliseconds: Int, retries: Int
  ) throws {
    let script = try #require(try scripts(name).first)
    #expect(
      script.arguments == [
        "/etc/redis/scripts/slow.sh", "+set",
        "master mymaster 127.0.0.1 27201 notification-script /etc/redis/scripts/slow.sh",
      ])
    #expect(script.processID == process && script.retries == retries)
    #expect(script.runningFor == .milliseconds(milliseconds) && script.startsIn == nil)
  }

  @Test func `a script that waits says how long it will`() throws {
    let reply = RESPValue.array([
      .bulkString("argv"), .array([.bulkString("/x.sh"), .bulkString("a b")]),
      .bulkString("flags"), .bulkString("scheduled"), .bulkString("pid"), .bulkString("0"),
      .bulkString("run-delay"), .bulkString("29000"), .bulkString("retry-num"), .bulkString("3"),
    ])
    for reply in [reply, reply.reversedPairs] {
      let script = try PendingScript(reply: reply)
      #expect(script.arguments == ["/x.sh", "a b"])
      #expect(script.processID == nil && script.runningFor == nil)
      #expect(script.startsIn == .seconds(29) && script.retries == 3)
    }
  }

  @Test func `none are none`() throws {
    #expect(try scripts("pending-scripts-empty.resp2").isEmpty)
    #expect(try scripts("versions/redis-5.0.14/pending-scripts.resp2").isEmpty)
  }

  @Test(arguments: [
    RESPValue.null, .array([]), .array([.bulkString("argv")]),
    .array([.bulkString("argv"), .bulkString("/x.sh")]),
  ])
  func `what has no arguments is no script`(reply: RESPValue) {
    #expect(throws: BadEntry.self) { try PendingScript(reply: reply) }
  }

  private func scripts(_ name: String) throws -> [PendingScript] {
    let list = try #require(
      Entries(try Fixture.reply(name)) { reply throws(BadEntry) in try PendingScript(reply: reply) }
    )
    #expect(list.bad.isEmpty)
    return list.entries
  }
}
