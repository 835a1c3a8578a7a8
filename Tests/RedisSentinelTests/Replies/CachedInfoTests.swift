import RESP
import RedisSentinel
import SentinelModel
import TestSupport
import Testing

@Suite struct CachedInfoTests {
  @Test func `the texts of a service are its master's and its replicas'`() throws {
    let caches = try read("info-cache.resp2")
    #expect(caches.map(\.service) == ["mymaster"])
    #expect(caches[0].master.age == .milliseconds(4_127))
    #expect(caches[0].master.info?["run_id"] == "3860895285e84c8205c7b54ec00c6c95faf8a147")
    #expect(caches[0].master.info?["role"] == "master")
    #expect(caches[0].master.info?.attachedReplicas.count == 2)
    #expect(caches[0].replicas.map { $0.info?.integer("tcp_port") } == [27003, 27002])
    #expect(caches[0].replicas.map(\.age) == [.milliseconds(4_026), .milliseconds(4_026)])
  }

  @Test(arguments: ["resp2", "resp3"])
  func `several services come one after the other`(version: String) throws {
    let caches = try read("info-cache-two-groups.\(version)")
    #expect(caches.map(\.service) == ["mymaster", "cache-2"])
    #expect(caches.map(\.replicas.count) == [2, 1])
    #expect(caches[1].master.info?.integer("tcp_port") == 27108)
  }

  @Test(arguments: ["resp2", "resp3"])
  func `a node that was never reached has no text`(version: String) throws {
    let caches = try read("info-cache-never-reached.\(version)")
    #expect(caches.map(\.service) == ["cold"])
    #expect(caches[0].master.info == nil && caches[0].master.age == .zero)
    #expect(caches[0].replicas.isEmpty)
  }

  @Test func `unknown services are left out`() throws {
    #expect(try read("info-cache-unknown.resp2").isEmpty)
  }

  @Test(arguments: ["redis-5.0.14", "redis-6.2.16", "redis-7.2.6", "valkey-8.0.1"])
  func `every server's texts are read`(server: String) throws {
    let caches = try read("versions/\(server)/info-cache.resp2")
    #expect(caches.count == 1 && caches[0].replicas.count == 2)
    #expect(caches[0].master.info?.version == server.split(separator: "-").last.map(String.init))
    #expect(caches[0].replicas.allSatisfy { $0.info?["role"] == "slave" })
  }

  @Test(
    arguments: [
      .null, .array([.bulkString("a")]), .array([.bulkString("a"), .null]),
      .array([.bulkString("a"), .array([])]), .array([.bulkString("a"), .array([.integer(1)])]),
      .array([.bulkString("a"), .array([.array([.integer(1)])])]),
      .array([.bulkString("a"), .array([.array([.bulkString("x"), .null])])]), .error("ERR no"),
    ] as [RESPValue])
  func `another shape is refused`(reply: RESPValue) {
    #expect(ServiceInfoCache.read(reply) == nil)
  }

  private func read(_ name: String) throws -> [ServiceInfoCache] {
    try #require(ServiceInfoCache.read(try Fixture.reply(name)))
  }
}
