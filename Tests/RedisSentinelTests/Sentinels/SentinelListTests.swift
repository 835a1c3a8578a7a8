import SentinelModel
import Testing

@testable import RedisSentinel

@Suite struct SentinelListTests {
  private static let all = ["a", "b", "c", "d"].map { NodeAddress(host: $0, port: 26379) }

  @Test(arguments: [("a", "abcd"), ("b", "bacd"), ("d", "dabc"), ("x", "abcd")])
  func `who answered comes first, and the others keep their order`(host: String, order: String) {
    var list = SentinelList(Self.all)
    list.promote(NodeAddress(host: host, port: 26379))
    #expect(list.endpoints.map(\.host).joined() == order)
  }

  @Test func `those that were learnt go when no longer listed, those that were given never`() {
    func node(_ name: Character) -> NodeAddress { NodeAddress(host: String(name), port: 26379) }
    var list = SentinelList(Self.all)
    list.learn([node("b"), node("x"), node("y")], from: node("a"))
    #expect(list.endpoints.map(\.host).joined() == "abcdxy")
    list.promote(node("x"))
    // It doesn't list itself.
    list.learn([node("a"), node("z")], from: node("x"))
    #expect(list.endpoints.map(\.host).joined() == "xabcdz")
    list.learn([], from: node("a"))
    #expect(list.endpoints.map(\.host).joined() == "abcd")
    list.demote(node("a"))
    #expect(list.endpoints.map(\.host).joined() == "bcda")
  }
}
