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
}
