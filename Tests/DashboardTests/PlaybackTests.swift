import Canvas
import SentinelInsight
import SentinelModel
import Testing

@testable import Dashboard

@Suite struct PlaybackTests {
  /// A state that saw a healthy deployment, and a failover five seconds later.
  private var state: State {
    var state = State(.healthy)
    var later = Sample.failingOver
    later.now = max(later.now, state.now.advanced(by: .seconds(5)))
    _ = state.update(.ticked(later.now))
    _ = state.update(
      .observed(later.topology, later.log, incidents: later.timeline.incidents))
    return state
  }

  private func screen(_ state: State) -> String { render(state).text }

  @Test func `Space holds the display, and goes back to what is then`() {
    var state = state
    state.press("Space")
    #expect(screen(state).contains("PAST"))
    let held = screen(state)
    var later = Sample.home
    later.now = state.present.advanced(by: .seconds(20))
    _ = state.update(.ticked(later.now))
    _ = state.update(.observed(later.topology, later.log))
    #expect(screen(state).contains("odown") && held.contains("odown"))
    #expect(state.now < state.present)
    state.press("Space")
    #expect(!screen(state).contains("PAST"))
    #expect(
      state.service?.address == later.topology.vantages[0].services["session"]?.master.address
        || state.services.count == 2)
    #expect(state.now == state.present)
  }

  @Test func `steps lead back with all panes, and forward to now`() {
    var state = state
    let events = state.shownEvents.count
    #expect(screen(state).contains("odown"))
    state.press("[", "[")
    #expect(!state.playback.isLive)
    let past = screen(state)
    #expect(past.contains("PAST") && !past.contains("odown"))
    #expect(state.shownEvents.count < events)
    #expect(state.incidents.isEmpty)
    state.press("]", "]", "]")
    #expect(state.playback.isLive)
    #expect(screen(state).contains("odown"))
  }

  @Test func `nothing can be sent from the past, and it says why`() {
    var state = state.pressing("[")
    for key in ["F", "R", "c"] {
      #expect(state.press(key) == nil)
      #expect(state.mode.kind == .browsing)
      #expect(state.notice?.text == "This is how it was: Space goes back to now.")
    }
    #expect(!screen(state.pressing("Space")).contains("PAST"))
  }

  @Test func `the past is bounded, thinner the older it is, and keeps what was announced`() async {
    var playback = Playback()
    var sample = Sample.healthy
    for second in 0..<4_000 {
      if second.isMultiple(of: 20) { await Task.yield() }
      sample.pass(.seconds(1))
      if second == 1_500 { sample.announce("+odown", "master session 127.0.0.1 6479", by: [1]) }
      playback.record(Snapshot(topology: sample.topology, log: sample.log), at: sample.now)
    }
    let count = playback.place.of
    #expect(count <= 360 && count > 200)
    var gaps: [Duration] = []
    playback.freeze()
    var before = playback.shown?.at
    var sawEvent = false
    while playback.canStepBack {
      playback.stepBack()
      guard let moment = playback.shown, let last = before else { break }
      gaps.append(last.duration(since: moment.at))
      let age = sample.now.duration(since: moment.at)
      if moment.isNotable, age > .seconds(2_400), age < .seconds(2_600) { sawEvent = true }
      before = moment.at
    }
    #expect(gaps.prefix(10).allSatisfy { $0 <= .seconds(2) })
    #expect(gaps.suffix(10).contains { $0 > .seconds(10) })
    #expect(sawEvent)
  }

  @Test func `a thousand services leave fewer moments`() {
    var playback = Playback()
    var sample = Sample.healthy
    sample.report((0..<1_000).map { Sample.master(ServiceName("m\($0)")) })
    for _ in 0..<200 {
      sample.pass(.seconds(1))
      playback.record(Snapshot(topology: sample.topology, log: sample.log), at: sample.now)
    }
    #expect(playback.place.of <= 12)
  }
}
