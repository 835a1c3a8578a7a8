import RedisSentinel
import SentinelModel
import Testing

@testable import sentop

struct ConfigEditTests {
  private let profile = Profile(seeds: [NodeAddress(host: "h", port: 26_379)])
  private let lines = "    seeds:\n    - h:26379\n"

  private func edit(_ text: String, _ name: String = "new") throws -> String? {
    try ConfigEdit.text(text, with: profile, named: name)
  }

  @Test func `an empty file gets profiles`() throws {
    #expect(try edit("") == "profiles:\n  new:\n" + lines)
    #expect(try edit("# mine\n") == "# mine\n\nprofiles:\n  new:\n" + lines)
    #expect(
      try edit("keys:\n  failover: F5\n") == "keys:\n  failover: F5\n\nprofiles:\n  new:\n" + lines)
    #expect(try edit("profiles: # none yet\n") == "profiles: # none yet\n  new:\n" + lines)
  }

  @Test func `a profile is added after the others, and comments stay where they were`() throws {
    let text = """
      # top
      profiles:
        # the lab
        lab: {seeds: [a]}   # mine

      # keys
      keys: {failover: F5}

      """
    #expect(
      try edit(text) == """
        # top
        profiles:
          # the lab
          lab: {seeds: [a]}   # mine
          new:
            seeds:
            - h:26379

        # keys
        keys: {failover: F5}

        """)
  }

  @Test func `a profile of that name is replaced, and nothing else is touched`() throws {
    let text = """
      profiles:
          one:
              seeds: [a]
          # the other
          new:
              seeds: [b]
              protected: true

          # the last
          two: {seeds: [c]}

      """
    #expect(
      try edit(text) == """
        profiles:
            one:
                seeds: [a]
            # the other
            new:
              seeds:
              - h:26379

            # the last
            two: {seeds: [c]}

        """)
    #expect(try edit("profiles:\n  new: {seeds: [b]}") == "profiles:\n  new:\n" + lines)
  }

  @Test func `what can't be added to safely is left alone`() throws {
    for text in [
      "profiles: {}\n", "profiles: {a: {seeds: [b]}}\n", "profiles: ~\n", "{}\n", "nonsense: 1\n",
      "profiles:\n  a: {}\n...\n", "a: [\n",
    ] {
      #expect(try edit(text) == nil, "\(text)")
    }
  }

  @Test(arguments: ["a", "1", "true", "null", "0x1", "1.5", "a.b", "é"])
  func `a name is a name, whatever YAML would take it for`(name: String) throws {
    let text = try #require(try edit("", name))
    #expect(ConfigText.read(text).config.profiles[name] == profile)
  }

  @Test func `everything of a profile comes back as it was written`() throws {
    let tls = ProfileTLS(
      authority: "/ca", certificate: "/c", key: "/k", serverName: "n", isUnchecked: true)
    let whole = Profile(
      seeds: [NodeAddress(host: "fd00::1", port: 1), NodeAddress(host: "b", port: 2)],
      sentinels: ProfileLogin(user: "yes", password: .command(["p", "- #", "12"]), tls: tls),
      nodes: ProfileLogin(user: "~", password: .file("/f: x"), tls: ProfileTLS()),
      isProtected: true, isReadOnly: false, theme: "on", interval: TimeSpan(argument: "250ms"),
      addressMap: AddressTable(
        addresses: [
          NodeAddress(host: "fd00::2", port: 3): NodeAddress(host: "127.0.0.1", port: 4)
        ], hosts: ["172.17.0.2": "localhost"]))
    let text = try #require(try ConfigEdit.text("", with: whole, named: "whole"))
    let (config, problems) = ConfigText.read(text)
    #expect(problems == [])
    #expect(config.profiles["whole"] == whole, "\(text)")
  }
}
