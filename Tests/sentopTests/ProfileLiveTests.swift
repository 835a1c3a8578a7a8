import Foundation
import SentinelLab
import SentinelModel
import TestSupport
import Testing

@testable import sentop

/// Profiles, with the Sentinels that they are of.
@Suite(.live) struct ProfileLiveTests {
  private func mode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  private func quorums(_ lab: Lab) async throws -> Set<String?> {
    var found: Set<String?> = []
    for sentinel in lab.sentinels {
      let reports = try await sentinel.askForInstances("SENTINEL", "MASTERS")
      found.insert(reports.first?["quorum"])
    }
    return found
  }

  @Test func `init finds all Sentinels, writes them for its owner only, and overwrites nothing`()
    async throws
  {
    try await Lab.settled(LabLayout(replicas: 0)) { lab in
      try await Folder.open { folder in
        let path = "\(folder.path)/sub/c.yaml"
        let arguments = ["init", "--config", path, "--profile", "lab"] + lab.seed()
        let first = try await Program.run(arguments)
        first.expect(0)
        #expect(first.messages.contains("Profile lab with 3 Sentinels"))
        #expect(try mode(path) == 0o600)
        let config = try ConfigFile(named: path, environment: [:]).read().config
        #expect(
          Set(config.profiles["lab"]?.seeds ?? []) == Set(lab.sentinels.map(\.address)))
        #expect(config.profiles["lab"]?.seeds.first == lab.sentinels[0].address)

        let again = try await Program.run(arguments)
        again.expect(1)
        #expect(again.messages.contains("--force replaces it"))
        let text = folder.text("sub/c.yaml") ?? ""
        _ = try folder.file("sub/c.yaml", "# mine\n" + text)
        let forced = try await Program.run(arguments + ["--force", "--protected"])
        forced.expect(0)
        #expect(
          folder.text("sub/c.yaml")?.hasPrefix("# mine\nprofiles:\n  lab:\n    seeds:\n") == true)
        #expect(folder.names(in: "sub") == ["c.yaml"])

        let status = try await Program.run(
          ["status", "--profile", "lab"], environment: ["SENTOP_CONFIG": path])
        status.expect(0)
        #expect(status.text.contains("\(lab.masters[0].address)"))
      }
    }
  }

  @Test func `init asks for what it isn't told`() async throws {
    try await Lab.settled(LabLayout(replicas: 0, sentinels: 1)) { lab in
      try await Tmux.open { tmux in
        try await tmux.start(["init"], columns: 160)
        try await tmux.expect("What to call it")
        try await tmux.type("mine\n")
        try await tmux.expect("One of its Sentinels")
        try await tmux.type("\(lab.sentinels[0].address)\n")
        #expect(try await tmux.ended() == 0)
        try await tmux.expect("sentop --profile mine opens it.")
      }
      let alone = try await Program.run(["init"])
      alone.expect(64)
      #expect(alone.messages.contains("--profile NAME"))
      let seedless = try await Program.run(["init", "--profile", "a"])
      seedless.expect(64)
      #expect(seedless.messages.contains("--seed"))
    }
  }

  @Test func `where the password is stands in the profile, the password doesn't`() async throws {
    var layout = LabLayout(replicas: 0, sentinels: 1)
    layout.sentinelPassword = "s3cret-of-sentinels"
    try await Lab.settled(layout) { lab in
      try await Folder.open { folder in
        let secret = try folder.file("secret", "s3cret-of-sentinels\n")
        let path = "\(folder.path)/c.yaml"
        let arguments = ["--config", path, "--profile", "lab"]
        let written = try await Program.run(
          ["init", "--password-file", secret] + arguments + lab.seed())
        written.expect(0)
        #expect(folder.text("c.yaml")?.contains("password_file: \(secret)") == true)
        #expect(folder.text("c.yaml")?.contains("s3cret") == false)
        let address = "\(lab.masters[0].address)"
        let status = try await Program.run(["status"] + arguments)
        status.expect(0)
        #expect(status.text.contains(address))
        // A program can have it, too.
        _ = try folder.file(
          "c.yaml",
          """
          profiles:
            lab: {seeds: ['\(lab.sentinels[0].address)'], password_command: [cat, \(secret)]}
          """)
        let asked = try await Program.run(["status"] + arguments)
        asked.expect(0)
        #expect(asked.text.contains(address))
      }
    }
  }

  @Test func `in a protected profile a change needs the name, and yes is not enough`() async throws
  {
    try await Lab.settled(LabLayout(replicas: 0)) { lab in
      try await Folder.open { folder in
        let path = try folder.file(
          "c.yaml",
          "profiles: {prod: {seeds: ['\(lab.sentinels[0].address)'], protected: true}}\n")
        let profile = ["--config", path, "--profile", "prod"]
        let change = ["set", Lab.service, "quorum", "3"] + profile
        try await Listeners.listening(to: lab.sentinels) { listeners in
          for (more, code, words) in [
            ([], Int32(64), "profile prod is protected: --confirm mymaster is needed"),
            (["--yes"], 64, "--yes is not enough"), (["--confirm", "other"], 4, "about mymaster"),
          ] {
            let ending = try await Program.run(change + more)
            ending.expect(code)
            #expect(ending.messages.contains(words), "it said: \(ending.messages)")
          }
          let flush = try await Program.run(["flushconfig", "--yes"] + profile)
          flush.expect(64)
          #expect(flush.messages.contains("--confirm prod is needed"))
          #expect(listeners.heard.filter { $0.channel == "+set" } == [])
        }
        #expect(try await quorums(lab) == ["2"])
        try await Program.run(change + ["--dry-run"]).expect(0)
        #expect(try await quorums(lab) == ["2"])
        try await Program.run(change + ["--confirm", Lab.service]).expect(0)
        #expect(try await quorums(lab) == ["3"])
        for (typed, code) in [("y", Int32(4)), (Lab.service, 0)] {
          try await Tmux.open { tmux in
            try await tmux.start(["set", Lab.service, "quorum", "2"] + profile, columns: 200)
            try await tmux.expect("Profile prod is protected: type mymaster to go on:")
            try await tmux.type(typed + "\n")
            #expect(try await tmux.ended() == code)
          }
        }
        #expect(try await quorums(lab) == ["2"])
      }
    }
  }

  @Test func `in a read-only profile nothing is changed, whatever is answered`() async throws {
    try await Lab.settled(LabLayout(replicas: 1)) { lab in
      try await Folder.open { folder in
        let path = try folder.file(
          "c.yaml",
          "profiles: {prod: {seeds: ['\(lab.sentinels[0].address)'], read_only: true}}\n")
        let profile = ["--config", path, "--profile", "prod"]
        for command in [
          ["set", Lab.service, "quorum", "3"], ["failover", Lab.service], ["reset", Lab.service],
          ["remove", Lab.service], ["flushconfig"], ["monitor", "other", "127.0.0.1:1", "2"],
        ] {
          let ending = try await Program.run(command + ["--yes"] + profile)
          ending.expect(4)
          #expect(ending.messages.contains("Refused: profile prod is read-only."))
        }
        try await Program.run(["ckquorum", Lab.service] + profile).expect(0)
        #expect(try await quorums(lab) == ["2"])
        try await Tmux.open { tmux in
          try await tmux.start(profile)
          try await tmux.expect("RO", "prod", Lab.service)
          try await tmux.press("F")
          try await tmux.expect("This session is read-only (profile prod).")
          try await tmux.press("q")
          #expect(try await tmux.ended() == 0)
        }
      }
    }
  }

  @Test func `servers that announce what leads nowhere are found by the address map`() async throws
  {
    try await Lab.settled(LabLayout(replicas: 1)) { lab in
      // Nobody listens there.
      for sentinel in lab.sentinels {
        _ = try await sentinel.ask("SENTINEL", "CONFIG", "SET", "announce-ip", "127.9.9.9")
      }
      try await eventually("the Sentinels have heard of each other's new addresses") {
        let others = try await lab.sentinels[0].askForInstances(
          "SENTINEL", "SENTINELS", Lab.service)
        return others.count == 2 && others.allSatisfy { $0["ip"] == "127.9.9.9" }
      }
      try await Folder.open { folder in
        let path = try folder.file(
          "c.yaml",
          """
          profiles:
            nat: {seeds: ['\(lab.sentinels[0].address)'], address_map: {127.9.9.9: 127.0.0.1}}
          """)
        let mapped = try await Program.run(
          ["flushconfig", "--yes", "--config", path, "--profile", "nat"])
        mapped.expect(0)
        #expect(mapped.lines.count { $0.contains("127.9.9.9") } == 2)
        let unmapped = try await Program.run(["flushconfig", "--yes"] + lab.seed())
        unmapped.expect(1)
      }
    }
  }
}
