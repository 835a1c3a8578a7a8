import SentinelModel
import Testing

@Suite struct ServiceNameTests {
  @Test(arguments: ["mymaster", "cache-2", "a", "A.b_c-9", "0"])
  func `names of plain letters are safe`(name: String) {
    #expect(ServiceName(name).isSafe)
  }

  @Test(arguments: [
    "", "a b", " a", "a\n", "größe", "a,b", "a*", "a/b", "a\"b", "a\u{1B}[31m", "名", "a\u{301}",
  ])
  func `other names are not`(name: String) {
    #expect(!ServiceName(name).isSafe)
  }

  @Test(arguments: [
    ("mymaster", "mymaster"), ("a*", "a\\*"), ("a?[b]", "a\\?\\[b\\]"), ("a\\b", "a\\\\b"),
  ])
  func `a literal pattern matches the name alone`(name: String, pattern: String) {
    #expect(ServiceName(name).literalPattern == pattern)
  }

  @Test func `case matters, and the order is alphabetical`() {
    let names: [ServiceName] = ["b", "a", "B"]
    #expect(names.sorted() == ["B", "a", "b"])
    #expect(ServiceName("a") != ServiceName("A"))
  }
}
