import SentinelInsight
import SentinelModel
import Testing

@Suite struct ShellLineTests {
  @Test(arguments: [
    ("cache", "cache"), ("a b", "'a b'"), ("", "''"), ("x; rm -rf ~", "'x; rm -rf ~'"),
    ("$(reboot)", "'$(reboot)'"), ("it's", "'it'\\''s'"), ("`id`", "'`id`'"), ("a\nb", "'a\nb'"),
    ("127.0.0.1:6379", "127.0.0.1:6379"), ("ü", "'ü'"),
  ])
  func `whatever a service is called, it stays one word`(name: String, word: String) {
    let node = NodeAddress(host: "127.0.0.1", port: 26379)
    #expect(
      ShellLine.redisCLI(["SENTINEL", "RESET", name], at: node)
        == "redis-cli -h 127.0.0.1 -p 26379 SENTINEL RESET \(word)")
  }

  @Test func `nor does a host's name become a command`() {
    let node = NodeAddress(host: "h;reboot", port: 1)
    #expect(ShellLine.redisCLI([], at: node) == "redis-cli -h 'h;reboot' -p 1")
  }
}
