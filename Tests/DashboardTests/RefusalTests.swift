import Canvas
import Dashboard
import SentinelInsight
import SentinelModel
import Testing

@Suite struct RefusalTests {
  @Test(arguments: ["F", "R", "E", "M", "D", "W"])
  func `a read-only session asks nothing that changes, and says why`(key: String) {
    var state = State(.healthy, access: .readOnly(because: "--read-only"))
    #expect(state.press(key) == nil)
    #expect(state.mode.kind == .browsing)
    #expect(state.notice?.text == "This session is read-only (--read-only).")
  }

  @Test func `a read-only session can't be unlocked`() {
    var state = State(.healthy, access: .readOnly(because: "--read-only"))
    #expect(state.press("O") == nil)
    #expect(state.access == .readOnly(because: "--read-only"))
    #expect(state.notice?.text == "This session is read-only (--read-only).")
  }

  @Test func `O locks changes and unlocks them again`() {
    var state = State.sample
    #expect(state.press("O") == .lock(true))
    #expect(state.press("F") == nil)
    #expect(state.notice?.text == "Changes are locked: O unlocks them.")
    #expect(state.press("O") == .lock(false))
    state.press("F")
    #expect(state.mode.kind == .confirming)
  }

  @Test func `ckquorum works in a read-only session`() {
    var state = State(.healthy, access: .readOnly(because: "--read-only"))
    #expect(state.press("c") != nil)
  }

  @Test func `every action that asks first is refused where changes are locked`() {
    let state = State(.healthy, access: .locked)
    for row in ActionTable.rows where row.risk == .confirm {
      #expect(state.refusal(of: row.action) == .locked)
    }
  }

  @Test func `a failover that runs refuses another one`() {
    var state = State(.failingOver)
    #expect(state.press("F") == nil)
    #expect(state.notice?.text == "A failover of session runs already, on s2.")
  }

  @Test func `nothing can be asked where nothing is known`() {
    var state = State(Sample())
    for key in ["F", "R", "c"] {
      #expect(state.press(key) == nil)
      #expect(state.notice?.text == "No master is selected.")
    }
  }

  @Test func `nothing can be asked where nobody answers`() {
    var sample = Sample.healthy
    for sentinel in 1...3 { sample.observe(.lost(reason: "timed out"), by: sentinel) }
    var state = State(sample)
    #expect(state.press("F") == nil)
    #expect(state.notice?.text == "No Sentinel answers.")
  }

  @Test func `a Sentinel that only others speak of can't be reset from here`() {
    var sample = Sample(seeds: [Sample.sentinels[0]])
    sample.connect([1])
    sample.report([Sample.master("cache")], by: [1])
    var state = State(sample)
    state.press("3", "Down")
    #expect(state.refusal(of: .reset) == .notOurs(Sample.sentinels[1]))
  }

  @Test func `a Sentinel that doesn't answer can't be reset alone`() {
    var state = State(.oneLost)
    state.press("3", "End")
    #expect(state.refusal(of: .reset) == .silent("s3"))
    state.press("1")
    #expect(state.refusal(of: .reset) == nil)
  }

  @Test func `a failover of which nothing is heard any more doesn't refuse for ever`() {
    let progress = FailoverProgress(
      of: "cache", via: Sample.sentinels[0], from: Sample.address(6379), at: Sample.start)
    var state = State(.healthy, failovers: [progress])
    #expect(render(state).text.contains(" begun "))
    #expect(state.refusal(of: .failover) == .failoverRuns("cache", on: "s1"))
    _ = state.update(.ticked(Sample.start.advanced(by: .seconds(11))))
    #expect(state.refusal(of: .failover) == nil)
    _ = state.update(.ticked(Sample.start.advanced(by: .seconds(181))))
    #expect(!render(state).text.contains("↻"))
  }

  @Test func `a notice goes with the next key, or after a while`() {
    var state = State(.failingOver)
    state.press("F")
    #expect(state.pressing("Down").notice == nil)
    _ = state.update(.ticked(state.now.advanced(by: .seconds(3))))
    #expect(state.notice != nil)
    _ = state.update(.ticked(state.now.advanced(by: .seconds(6))))
    #expect(state.notice == nil)
  }
}
