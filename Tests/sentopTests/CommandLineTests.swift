import Testing

@testable import sentop

/// What the program says of its own command line, without any server.
struct CommandLineTests {
  @Test(
    arguments: [[]]
      + [
        "top", "status", "events", "doctor", "check", "history", "get", "ckquorum", "failover",
        "reset", "monitor", "remove", "set", "flushconfig", "demo", "init", "config", "info",
      ].map { [$0] })
  func `every command explains itself`(command: [String]) async throws {
    let help = try await Program.run(command + ["--help"])
    help.expect(0)
    #expect(help.messages.isEmpty)
    #expect(help.text.contains("USAGE: " + (["sentop"] + command).joined(separator: " ")))
    #expect(help.text.contains("OVERVIEW: "))
    #expect(help.text.contains("--help"))
  }

  @Test func `the version is a number`() async throws {
    let version = try await Program.run(["--version"])
    version.expect(0)
    #expect(version.lines == [Sentop.version])
  }

  @Test(arguments: [
    (["--bogus"], "--bogus"), (["status", "--bogus"], "--bogus"), (["status", "a", "b"], "b"),
    (["status", "--format", "xml"], "table"), (["status", "-s", ":0"], "\":0\" is no address"),
    (["status", "-s", "host:70000"], "1 to 65535"), (["status", "-s", "ho st"], "no address"),
    (["status", "-s", ""], "no address"), (["127.0.0.1:x"], "\"127.0.0.1:x\" is no address"),
    (["status", "--timeout", "soon"], "'soon'"), (["status", "--timeout", "0"], "at least 1ms"),
    (["status", "--user", "me"], "SENTOP_PASSWORD"),
    (["status", "--cacert", "ca.crt"], "--cacert needs --tls"),
    (["status", "--tls", "--cert", "c.crt"], "--cert needs --key"),
    (["status", "--tls", "--key", "c.key"], "--key needs --cert"),
    (["get"], "<name>"), (["failover"], "<name>"),
    (["failover", "a", "--wait", "long"], "'long'"),
    (["failover", "a", "--via", "a:b"], "\"a:b\""),
    (["monitor", "a", "b:x", "2"], "\"b:x\" is no address"),
    (["monitor", "a", "127.0.0.1:1", "two"], "'two'"),
    (["monitor", "a", "127.0.0.1:1", "0", "--yes"], "quorum"),
    (["monitor", "a b", "127.0.0.1:1", "2", "--yes"], "\"a b\""),
    (["set", "a"], "<option value>"), (["set", "a", "quorum"], "\"quorum\" has no value"),
    (["demo", "--masters", "0"], "between 1 and 50"),
    (["demo", "--replicas", "11"], "between 0 and 10"),
    (["demo", "--sentinels", "16"], "between 1 and 15"),
    (["--interval", "1ms"], "between 100ms and 1h"), (["--color", "pink"], "'pink'"),
    (["events", "--for", "ever"], "'ever'"),
  ])
  func `what it doesn't understand is named, and ends with 64`(
    arguments: [String], words: String
  ) async throws {
    let ending = try await Program.run(arguments)
    ending.expect(64)
    #expect(ending.output.isEmpty)
    #expect(ending.messages.contains("Error: "))
    #expect(ending.messages.contains(words), "it said: \(ending.messages)")
  }

  @Test func `a certificate's file that isn't there is named before anybody is called`()
    async throws
  {
    let ending = try await Program.run(["status", "--tls", "--cacert", "/nowhere/ca.crt"])
    ending.expect(1)
    #expect(ending.messages.contains("the file of --cacert, /nowhere/ca.crt, doesn't exist"))
  }

  @Test func `a bad address in SENTOP_SEEDS is named, too`() async throws {
    let ending = try await Program.run(
      ["status"], environment: ["SENTOP_SEEDS": "127.0.0.1:26379, bad:port"])
    ending.expect(64)
    #expect(ending.messages.contains("\"bad:port\" is no address"))
  }

  @Test func `control characters in a wrong argument don't reach the terminal`() async throws {
    for arguments in [
      ["status", "-s", "\u{1B}[2J:x"], ["set", "a", "quo\u{1B}[2Jrum"],
      ["monitor", "a\u{1B}[2J", "127.0.0.1:1", "2", "--yes"], ["--theme", "\u{1B}[2J"],
    ] {
      let ending = try await Program.run(arguments)
      #expect(ending.status != 0)
      #expect(!ending.everything.contains("\u{1B}"), "\(arguments)")
    }
  }

  @Test func `a password as an argument is refused and not repeated`() async throws {
    let ending = try await Program.run(["set", "a", "auth-pass", "s3cret-of-nodes", "--yes"])
    ending.expect(64)
    #expect(ending.messages.contains("SENTOP_NODE_PASSWORD"))
    #expect(!ending.everything.contains("s3cret-of-nodes"))
  }

  @Test func `a password can't be asked for where nobody can type it unseen`() async throws {
    let ending = try await Program.run(["status", "--askpass", "-s", "127.0.0.1:1"])
    ending.expect(1)
    #expect(ending.messages.contains("--askpass needs a terminal"), "it said: \(ending.messages)")
  }

  @Test func `a password file that is missing or empty is named`() async throws {
    try await Folder.open { folder in
      let empty = try folder.file("empty", "\n")
      for path in [empty, "\(folder.path)/missing"] {
        let ending = try await Program.run(["status", "--password-file", path])
        ending.expect(1)
        #expect(ending.messages.contains(path))
      }
    }
  }

  @Test(arguments: [["top"], [], ["demo"]])
  func `the screen needs a terminal, and says what there is for scripts`(
    arguments: [String]
  ) async throws {
    let ending = try await Program.run(arguments)
    ending.expect(1)
    #expect(ending.output.isEmpty)
    #expect(ending.messages.contains("is no terminal"))
    #expect(ending.messages.contains("sentop status"))
  }

  @Test func `info tells versions and paths, and never a password`() async throws {
    let environment = ["SENTOP_PASSWORD": "s3cret", "NO_COLOR": "1", "TERM": "vt100"]
    let table = try await Program.run(["info"], environment: environment)
    table.expect(0)
    #expect(table.messages.isEmpty)
    for words in [Sentop.version, "light, mono, nord", "vt100", "password in the environment  yes"]
    {
      #expect(table.text.contains(words))
    }
    #expect(!table.text.contains("s3cret"))
    let json = try await Program.run(["info", "--format", "json"], environment: environment)
    json.expect(0)
    let facts = try json.json([String: String].self)
    #expect(facts["sentop"] == Sentop.version)
    #expect(facts["NO_COLOR"] == "set")
    #expect(!json.text.contains("s3cret"))
  }
}
