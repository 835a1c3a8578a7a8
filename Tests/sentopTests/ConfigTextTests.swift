import Canvas
import Dashboard
import SentinelInsight
import SentinelModel
import Testing

@testable import sentop

struct ConfigTextTests {
  /// What is told of a text, a line for each.
  private func told(_ text: String) -> [String] {
    ConfigText.read(text).problems.map { $0.line(in: "c") }
  }

  @Test(arguments: ["", "\n", "# nothing\n", "{}", "defaults:\nkeys:\ncolumns:\nprofiles:\n"])
  func `a file with nothing in it changes nothing`(text: String) {
    let (config, problems) = ConfigText.read(text)
    #expect(problems == [])
    #expect(config == Config())
  }

  @Test func `the example can be read, and says what it seems to`() throws {
    let (config, problems) = ConfigText.read(ConfigExample.text)
    #expect(problems == [])
    #expect(config.profiles.keys.sorted() == ["docker", "lab", "production"])
    let production = try #require(config.profiles["production"])
    #expect(production.seeds.map(\.description).first == "10.0.0.1:26379")
    #expect(production.sentinels.password == .command(["pass", "show", "sentinels"]))
    #expect(production.nodes.password == .variable("NODE_PASSWORD"))
    #expect(production.sentinels.tls == ProfileTLS(authority: "ca.crt"))
    #expect(production.isProtected && production.isReadOnly == nil)
    #expect(config.profiles["docker"]?.isReadOnly == true)
    #expect(config.keys.changes["show-help"] == [.character("?"), .function(1)])
    #expect(config.columns.titles[.masters]?.count == 6)
  }

  @Test func `the example names every key that there is`() {
    let text = ConfigExample.text
    for name in [
      "theme", "color", "ascii", "mouse", "interval", "read_only", "bell", "notify", "clock",
      "preset", "seeds", "user", "password_command", "password_file", "password_env", "tls", "ca",
      "cert", "key", "sni", "insecure", "node", "protected", "address_map",
    ] {
      #expect(text.contains(name), "\(name)")
    }
  }

  @Test func `defaults are read`() {
    let (config, problems) = ConfigText.read(
      """
      defaults: {theme: light, color: 256, ascii: yes, mouse: off, interval: 2s, read_only: true,
                 bell: warning, notify: never, clock: utc}
      """)
    #expect(problems == [])
    let defaults = config.defaults
    #expect(defaults.theme == "light" && defaults.color == .many)
    #expect(defaults.ascii == true && defaults.mouse == false && defaults.isReadOnly == true)
    #expect(defaults.interval?.duration == .seconds(2))
    #expect(defaults.bell?.severity == .warning && defaults.notify?.severity == nil)
    #expect(defaults.clock == .utc)
  }

  @Test(arguments: [
    ("default:\n", "c:1:1: unknown key \"default\"; did you mean defaults?; there is "),
    ("defaults:\n  thme: dark\n", "c:2:3: unknown key \"thme\"; did you mean theme?; there is "),
    ("defaults:\n  zzz: dark\n", "c:2:3: unknown key \"zzz\"; there is theme, color"),
    ("defaults:\n  ascii: maybe\n", "c:2:10: ascii: \"maybe\" is wrong; expected is true or false"),
    ("defaults:\n  color: nevr\n", "c:2:10: color: \"nevr\" is wrong; expected is auto, never"),
    ("defaults:\n  color: nevr\n", "did you mean never?"),
    ("defaults:\n  theme:\n", "theme: nothing is wrong; expected is a text"),
    ("defaults:\n  theme: [a]\n", "c:2:10: theme: expected is a text"),
    ("defaults:\n  interval: 1ms\n", "c:2:13: interval: it must be between 100ms and 1h"),
    ("defaults:\n  bell: wanring\n", "c:2:9: bell: \"wanring\" is wrong; expected is never, info"),
    ("columns:\n  masters: [NAME, [a]]\n", "c:2:19: masters: expected is a text"),
    ("defaults: 3\n", "c:1:11: defaults: expected are keys with values: theme"),
    ("- a\n", "c:1:1: expected are keys with values: defaults"),
    ("keys: {failovr: F}\n", "c:1:8: unknown key \"failovr\"; did you mean failover?"),
    ("keys: {failover: Hyper-F}\n", "c:1:18: failover: \"Hyper-F\" is wrong; expected is a key"),
    ("keys: {failover: [F5, disabled]}\n", "c:1:23: failover: disabled, and with a key"),
    ("keys: {preset: emacs}\n", "c:1:16: preset: \"emacs\" is wrong; expected is default or vim"),
    ("columns: {masters: [NAME, LAGG]}\n", "c:1:27: masters: there is no column \"LAGG\""),
    (
      "columns: {replicas: LAGG}\n",
      "c:1:21: replicas: there is no column \"LAGG\"; did you mean LAG?"
    ),
    ("columns: {event: []}\n", "c:1:11: unknown key \"event\""),
    ("profiles:\n  a b: {}\n", "c:2:3: a profile's name is made of"),
    ("profiles:\n  a: {seed: x}\n", "c:2:7: unknown key \"seed\"; did you mean seeds?"),
    ("profiles:\n  a: {seeds: [h, 'h:0']}\n", "c:2:18: seeds: \"h:0\" is wrong"),
    ("profiles:\n  a:\n    password: hunter2\n", "c:3:5: a password never stands in this file"),
    ("profiles:\n  a: {node: {password: hunter2}}\n", "c:2:14: a password never stands"),
    (
      "profiles:\n  a: {password_file: f, password_env: E}\n",
      "c:2:25: only one of password_file, password_env"
    ),
    ("profiles:\n  a: {password_command: pass show x}\n", "c:2:25: password_command: no shell"),
    ("profiles:\n  a: {password_command: []}\n", "there is no program"),
    ("profiles:\n  a: {tls: {cert: c}}\n", "c:2:13: cert needs key"),
    ("profiles:\n  a: {tls: {key: c}}\n", "c:2:13: key needs cert"),
    ("profiles:\n  a: {address_map: {'h:x': g}}\n", "c:2:21: \"h:x\" is no address"),
    ("profiles:\n  a: {address_map: {h: 'g:1'}}\n", "c:2:24: h: all ports of a host can't be one"),
    ("a: 1\nb: 2\na: 3\n", "c:3:1: \"a\" stands there twice, first at 1:1"),
    (
      "profiles:\n  a: {}\n  b: {}\n  'a': {}\n", "c:4:3: \"a\" stands there twice, first at 2:3"
    ),
    ("keys: {a: 1, a: 2}\n", "c:1:8: \"a\" stands there twice"),
    ("keys:\n  show-help: ?\n", "punctuation needs quotes here"),
    ("keys:\n  show-help: !\n", "c:"), ("keys: [\n", "c:2:1: "), ("a: *b\n", "undefined alias"),
    ("\u{1}", "c:1:1: "),
  ])
  func `what is wrong is told with its place`(text: String, words: String) {
    let told = told(text)
    #expect(told.contains { $0.contains(words) }, "told: \(told)")
  }

  @Test func `a secret that stands where it must not isn't repeated`() {
    let told = told("profiles:\n  a:\n    password: hunter2\n    password_env: []\n")
    #expect(told.count == 2)
    #expect(!told.joined().contains("hunter2"))
  }

  @Test func `all that is wrong is told at once, in the order of the file`() {
    let told = told(
      """
      profiles:
        a: {seeds: ['h:0'], tls: {insecure: perhaps}}
      defaults: {theme: [], colour: auto}
      """)
    #expect(told.map { String($0.prefix(5)) } == ["c:2:1", "c:2:3", "c:3:1", "c:3:2"])
  }

  @Test func `anchors and merges of YAML can be used`() {
    let (config, problems) = ConfigText.read(
      """
      profiles:
        a: &a {seeds: [h], user: me, password_env: P}
        b: {<<: *a, seeds: [g]}
      """)
    #expect(problems == [])
    #expect(config.profiles["b"]?.sentinels.user == "me")
    #expect(config.profiles["b"]?.seeds == [NodeAddress(host: "g", port: 26_379)])
  }

  @Test func `a bad value that a merge brought in is told where the merge is`() {
    #expect(
      told("profiles:\n  a: &a {protected: what}\n  b:\n    <<: *a\n").map { String($0.prefix(4)) }
        .contains("c:2:"))
  }

  @Test func `whatever stands there, reading ends`() {
    var generator = SystemRandomNumberGenerator()
    let pieces =
      [
        "profiles:", "keys:", "  ", "\n", "- ", "a", ": ", "[", "]", "{", "}", "'", "\"", "&a ",
        "*a", "<<: ", "!!x ", "? ", "| ", "> ", "%", "@", "\t", "é", "\u{0}", "#", "---\n", "...\n",
        "failover", "disabled", "seeds", "password", "1", "~", "null", ",",
      ]
    for _ in 0..<3_000 {
      let text = (0..<Int.random(in: 0..<40, using: &generator))
        .compactMap { _ in pieces.randomElement(using: &generator) }.joined()
      _ = ConfigText.read(text)
    }
    for bracket in ["[", "{a: ", "- "] {
      _ = ConfigText.read(String(repeating: bracket, count: 5_000))
    }
  }
}
