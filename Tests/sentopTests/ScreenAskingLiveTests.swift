import SentinelLab
import SentinelModel
import TestSupport
import Testing

/// Commands that ask a person at a terminal.
@Suite(.live) struct ScreenAskingLiveTests {
  private func start(_ arguments: [String], _ lab: Lab, _ tmux: Tmux) async throws {
    // Wide enough for addresses to stay in one line.
    try await tmux.start(arguments + lab.seed(), columns: 200)
  }

  @Test func `a password is asked for and typed unseen`() async throws {
    var layout = LabLayout(replicas: 0)
    layout.sentinelPassword = "s3cret-of-sentinels"
    try await Lab.settled(layout) { lab in
      for (typed, code) in [("s3cret-of-sentinels", Int32(0)), ("s3cret-but-wrong", 1)] {
        try await Tmux.open { tmux in
          try await start(["status", "--askpass"], lab, tmux)
          try await tmux.expect("Password for the Sentinels:")
          try await tmux.type(typed + "\n")
          #expect(try await tmux.ended() == code)
          try await tmux.expect(code == 0 ? "\(lab.masters[0].address)" : "WRONGPASS")
          #expect(!String(decoding: tmux.raw, as: UTF8.self).contains("s3cret"))
          try await tmux.expectRestored()
        }
      }
    }
  }

  @Test func `a change is asked for, and anything but yes is no`() async throws {
    try await Lab.settled(LabLayout(replicas: 1)) { lab in
      for answer in ["", "n", "yep", "Fail over", "\u{4}"] {
        try await Tmux.open { tmux in
          try await start(["failover", Lab.service], lab, tmux)
          try await tmux.expect("promotes \(lab.replicas[0].address).", "Fail over mymaster? [y/N]")
          try await tmux.type(answer + (answer == "\u{4}" ? "" : "\n"))
          #expect(try await tmux.ended() == 4)
          try await tmux.expect("Nothing was changed.")
        }
      }
      #expect(try await lab.sentinels[0].master(of: Lab.service) == lab.masters[0].address)
      try await Tmux.open { tmux in
        try await start(["set", Lab.service, "quorum", "3"], lab, tmux)
        try await tmux.expect("Change the settings of mymaster? [y/N]")
        try await tmux.type("y\n")
        #expect(try await tmux.ended() == 0)
        for sentinel in lab.sentinels {
          let reports = try await sentinel.askForInstances("SENTINEL", "MASTERS")
          #expect(reports.map { $0["quorum"] } == ["3"])
        }
      }
    }
  }

  @Test func `a reader that has enough ends the program`() async throws {
    try await Lab.settled(LabLayout(replicas: 0)) { lab in
      try await Tmux.open { tmux in
        let command = ([Processes.sentop, "events", "-f"] + lab.seed()).map(Tmux.quoted)
        try await tmux.start(
          program: ["sh", "-c", command.joined(separator: " ") + " | head -n 1"], columns: 200)
        try await tmux.expect("sentinel found")
        // The next line finds nobody who reads it.
        _ = try await lab.sentinels[0].ask("SENTINEL", "SET", Lab.service, "quorum", "3")
        #expect(try await tmux.ended(within: .seconds(15)) == 0)
      }
    }
  }
}
