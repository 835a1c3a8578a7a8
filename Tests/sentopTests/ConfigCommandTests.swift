import Testing

@testable import sentop

/// The config file, as the whole program takes it.
struct ConfigCommandTests {
  private func config(_ text: String, _ body: (String) async throws -> Void) async throws {
    try await Folder.open { try await body(try $0.file("c.yaml", text)) }
  }

  @Test func `the example passes the check`() async throws {
    let example = try await Program.run(["config", "example"])
    example.expect(0)
    try await config(example.text) { path in
      let check = try await Program.run(["config", "check", "--config", path])
      check.expect(0)
      #expect(check.text.hasPrefix("\(path): ok; 3 profiles: docker (read-only), lab, "))
      #expect(check.text.contains("production (protected)"))
    }
  }

  @Test func `the check tells all that is wrong, and ends with 1`() async throws {
    try await config("defaults: {theme: nosuch, color: pink}\nkeys: {failover: c}\n") { path in
      let check = try await Program.run(["config", "check"], environment: ["SENTOP_CONFIG": path])
      check.expect(1)
      #expect(check.lines.count == 3)
      #expect(check.lines[0].hasPrefix("\(path):1:34: color: \"pink\""))
      #expect(check.lines[1].hasPrefix("\(path):2:18: failover: c means check-quorum, too"))
      #expect(check.lines[2].contains("no theme \"nosuch\""))
    }
  }

  @Test func `the check says where nothing is, and what a profile lacks`() async throws {
    let none = try await Program.run(["config", "check"])
    none.expect(0)
    #expect(none.text.contains("/config/sentop/config.yaml: not there"))
    try await config("profiles: {a: {}}\n") { path in
      let gone = try await Program.run(["config", "check", "--config", path, "--profile", "b"])
      gone.expect(1)
      #expect(gone.messages.contains("no profile \"b\""))
    }
  }

  @Test func `the path is that of the environment`() async throws {
    let usual = try await Program.run(["config", "path"])
    #expect(usual.text.hasSuffix("/config/sentop/config.yaml\n"))
    let named = try await Program.run(
      ["config", "path"], environment: ["SENTOP_CONFIG": "/c.yaml"])
    #expect(named.text == "/c.yaml\n")
  }

  @Test func `no command runs with a config that is wrong`() async throws {
    try await config("keys: {quit: disabled}\n") { path in
      for command in [["status"], ["get", "a"], ["demo"], []] {
        let ending = try await Program.run(command + ["--config", path])
        ending.expect(1)
        #expect(ending.messages.contains("\(path):1:14: no key leads out of the program"))
      }
    }
  }

  @Test func `the demo takes the file's defaults, and no profile`() async throws {
    try await config("profiles: {}\n") { path in
      let demo = try await Program.run(
        ["demo", "--servers-only", "--replicas", "0", "--sentinels", "1"],
        environment: ["SENTOP_CONFIG": path, "SENTOP_PROFILE": "gone"])
      demo.expect(0)
      #expect(demo.lines.last == "ready")
    }
  }

  @Test func `a config that was named has to be there`() async throws {
    let ending = try await Program.run(["status", "--config", "/nonexistent/c.yaml"])
    ending.expect(1)
    #expect(ending.messages.contains("the config /nonexistent/c.yaml can't be read"))
  }

  @Test func `a profile's Sentinels are asked, and its name stands in what is said`() async throws {
    // Port 1 is nobody's.
    try await config("profiles: {lab: {seeds: [127.0.0.1:1]}}\n") { path in
      let ending = try await Program.run(
        ["status", "--profile", "lab"],
        environment: ["SENTOP_CONFIG": path, "SENTOP_SEEDS": "127.0.0.1:2"])
      ending.expect(1)
      #expect(ending.messages.contains("127.0.0.1:1"))
      #expect(!ending.messages.contains("127.0.0.1:2"))
    }
  }

  @Test func `a password command's secret shows up nowhere`() async throws {
    let text = """
      profiles:
        lab: {seeds: ['127.0.0.1:1'], password_command: [echo, hunter2]}
      """
    try await config(text) { path in
      let ending = try await Program.run(["status", "--profile", "lab", "--config", path])
      ending.expect(1)
      #expect(!ending.everything.contains("hunter2"))
    }
  }
}
