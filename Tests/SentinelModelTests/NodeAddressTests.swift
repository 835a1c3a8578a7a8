import SentinelModel
import Testing

@Suite struct NodeAddressTests {
  @Test(arguments: [
    ("10.0.0.1", "10.0.0.1", 26379),
    ("10.0.0.1:7000", "10.0.0.1", 7000),
    ("sentinel.example.org", "sentinel.example.org", 26379),
    ("localhost:1", "localhost", 1),
    ("localhost:65535", "localhost", 65535),
    ("größe.example:7000", "größe.example", 7000),
    ("[::1]:7000", "::1", 7000),
    ("[::1]", "::1", 26379),
    ("::1", "::1", 26379),
    ("::", "::", 26379),
    ("fe80::1%eth0", "fe80::1%eth0", 26379),
    ("[fe80::1%eth0]:7000", "fe80::1%eth0", 7000),
    ("::ffff:10.0.0.1", "::ffff:10.0.0.1", 26379),
    ("2001:db8::1:7000", "2001:db8::1:7000", 26379),
  ])
  func `an address is read`(text: String, host: String, port: Int) {
    #expect(NodeAddress(parsing: text, defaultPort: 26379) == NodeAddress(host: host, port: port))
  }

  @Test(arguments: [
    "", ":", ":7000", "host:", "host:0", "host:65536", "host:99999999999999999999", "host:-1",
    "host:+1", "host:1x", "host: 1", "host:x", "[]", "[]:7000", "[::1", "::1]", "[::1]7000",
    "[::1]:", "[::1]:0", "[::1]x:1", "ho[st", "host]:7000", "[[::1]]:7000", " host", "host ",
    "ho st:7000", "host\n", "redis://host:7000", "redis://host",
  ])
  func `what is no address is refused`(text: String) {
    #expect(NodeAddress(parsing: text, defaultPort: 26379) == nil)
  }

  @Test(arguments: [
    ("10.0.0.1", "10.0.0.1:7000"), ("localhost", "localhost:7000"), ("::1", "[::1]:7000"),
    ("", ":7000"),
  ])
  func `a description has brackets round IPv6 only`(host: String, text: String) {
    #expect("\(NodeAddress(host: host, port: 7000))" == text)
  }

  @Test(arguments: ["10.0.0.1", "localhost", "::1", "fe80::1%eth0"])
  func `a description can be read again`(host: String) {
    let address = NodeAddress(host: host, port: 7000)
    #expect(NodeAddress(parsing: "\(address)", defaultPort: 1) == address)
  }

  @Test func `addresses are ordered by host, then by port as a number`() {
    let texts = ["b:1", "a:10000", "a:9", "[::1]:5"]
    let addresses = texts.compactMap { NodeAddress(parsing: $0, defaultPort: 0) }
    #expect(addresses.sorted().map(\.description) == ["[::1]:5", "a:9", "a:10000", "b:1"])
  }
}
