import SentinelLab
import TestSupport
import Testing

@testable import sentop

/// The demo as one meets it: its hint, and its menu of troubles.
@Suite(.live) struct DemoScreenLiveTests {
  @Test func `the hint tells what to try, and the menu does it`() async throws {
    try await Tmux.open { tmux in
      try await tmux.start(["demo"], columns: 80, rows: 24)
      try await tmux.expect("Try: K, kill the master, and watch.")
      try await tmux.expect("3/3 sentinels", "2/2")
      try await tmux.press("K")
      try await tmux.expect("kill mymaster-master", "cut mymaster-replica-1")
      try await tmux.type("cut mymaster-replica-1")
      try await tmux.press("Enter")
      try await tmux.expect("mymaster-replica-1 can't reach its master any more.")
      try await tmux.expect("1/2")
      try await tmux.press("K")
      try await tmux.type("restore")
      try await tmux.press("Enter")
      try await tmux.expect("mymaster-replica-1 can reach its master again.")
      try await tmux.expect("2/2")
      try await tmux.press("K")
      try await tmux.type("kill mymaster-master")
      try await tmux.press("Enter")
      try await tmux.expect("mymaster-master was killed.")
      try await tmux.expect("master is now")
      try await tmux.press("K")
      try await tmux.expect("restart mymaster-master")
      try await tmux.press("Escape")
      try await tmux.expect("the menu is closed") { !$0.contains("restart mymaster-master") }
      try await tmux.press("q")
      #expect(try await tmux.ended() == 0)
    }
  }

  @Test func `nowhere else is there a menu of troubles`() async throws {
    try await Lab.settled(LabLayout(replicas: 0, sentinels: 1)) { lab in
      try await Tmux.open { tmux in
        try await tmux.start(lab.seed())
        try await tmux.expect(Lab.service)
        try await tmux.press("K")
        try await tmux.expect("Only the demo has servers to play with.")
        try await tmux.press("q")
        #expect(try await tmux.ended() == 0)
      }
    }
  }
}
