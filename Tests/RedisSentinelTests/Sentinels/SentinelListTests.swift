import SentinelModel
import Testing

@testable import RedisSentinel

@Suite struct SentinelListTests {
  private static let all = ["a", "b", "c", "d"].map { NodeAddress(host: $0, port: 26379) }

  private func node(_ name: Character) -> NodeAddress {
    NodeAddress(host: String(name), port: 26379)
  }

  /// Ids as Sentinels have them, by the last letter that is given.
  private func id(_ name: Character) -> String { String(repeating: name, count: 40) }

  private func entries(_ names: String) -> [SentinelList.Entry] {
    names.map { SentinelList.Entry(address: node($0), id: id($0)) }
  }

  private func hosts(_ list: SentinelList) -> String { list.endpoints.map(\.host).joined() }

  @Test func `a configured name and a learnt address of one Sentinel are asked once`() {
    var list = SentinelList([node("a"), node("b")])
    // B's own address, before anybody knows that it is B.
    list.learn([.init(address: node("x"), id: id("b"))], from: node("a"))
    #expect(hosts(list) == "abx")
    list.identified(node("b"), as: id("b"))
    #expect(hosts(list) == "ab")
    #expect(list.twins == [node("x"): node("b")])
    // And after.
    list.learn([.init(address: node("x"), id: id("b"))], from: node("a"))
    #expect(hosts(list) == "ab")
  }

  @Test func `a Sentinel that is lost where it was is found where the others say`() {
    var list = SentinelList([node("a"), node("b")])
    list.identified(node("b"), as: id("b"))
    list.learn([.init(address: node("x"), id: id("b"))], from: node("a"))
    #expect(hosts(list) == "ab")
    list.lost(node("b"))
    list.learn([.init(address: node("x"), id: id("b"))], from: node("a"))
    #expect(hosts(list) == "abx")
    #expect(list.twins.isEmpty)
  }

  @Test func `two configured addresses of one Sentinel both stay, as do Sentinels without an id`() {
    var list = SentinelList([node("a"), node("b")])
    list.identified(node("a"), as: id("a"))
    list.identified(node("b"), as: id("a"))
    #expect(hosts(list) == "ab")
    list.identified(node("a"), as: "OK")
    list.learn(
      [.init(address: node("x"), id: "OK"), .init(address: node("y"), id: "")], from: node("a"))
    #expect(hosts(list) == "abxy")
  }

  @Test func `who distrusts its own clock is asked last, until it doesn't any more`() {
    var list = SentinelList(Self.all)
    list.tilted(node("a"), true)
    #expect(hosts(list) == "bcda")
    list.promote(node("c"))
    #expect(hosts(list) == "cbda")
    list.tilted(node("b"), true)
    list.tilted(node("a"), false)
    #expect(hosts(list) == "cadb")
    list.lost(node("b"))
    #expect(hosts(list) == "cabd")
  }

  @Test(arguments: [("a", "abcd"), ("b", "bacd"), ("d", "dabc"), ("x", "abcd")])
  func `who answered comes first, and the others keep their order`(host: String, order: String) {
    var list = SentinelList(Self.all)
    list.promote(NodeAddress(host: host, port: 26379))
    #expect(list.endpoints.map(\.host).joined() == order)
  }

  @Test func `those that were learnt go when no longer listed, those that were given never`() {
    var list = SentinelList(Self.all)
    list.learn(entries("bxy"), from: node("a"))
    #expect(list.endpoints.map(\.host).joined() == "abcdxy")
    list.promote(node("x"))
    // It doesn't list itself.
    list.learn(entries("az"), from: node("x"))
    #expect(list.endpoints.map(\.host).joined() == "xabcdz")
    list.learn([], from: node("a"))
    #expect(list.endpoints.map(\.host).joined() == "abcd")
    list.demote(node("a"))
    #expect(list.endpoints.map(\.host).joined() == "bcda")
  }
}
