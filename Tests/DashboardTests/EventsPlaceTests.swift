import Canvas
import Dashboard
import SentinelInsight
import SentinelModel
import Testing

@Suite struct EventsPlaceTests {
  @Test func `the newest is followed until somebody moves up`() {
    var place = EventsPlace()
    #expect(place.bottom(of: 0..<100, in: 10) == 99)
    place.move(by: -1, of: 0..<100, in: 10)
    #expect(place.selected == 98)
    // What is in view stays there while more is announced.
    #expect(place.bottom(of: 0..<134, in: 10) == 99)
  }

  @Test func `moving beyond the newest follows again`() {
    var place = EventsPlace()
    place.move(by: -5, of: 0..<100, in: 10)
    place.move(by: 4, of: 0..<100, in: 10)
    #expect(!place.isFollowing)
    place.move(by: 1, of: 0..<100, in: 10)
    #expect(place.isFollowing)
  }

  @Test func `the cursor stays in view at both ends`() {
    var place = EventsPlace()
    place.move(by: .min, of: 20..<100, in: 10)
    #expect(place.selected == 20)
    #expect(place.bottom(of: 20..<100, in: 10) == 29)
    place.move(by: 12, of: 20..<100, in: 10)
    #expect(place.selected == 32)
    #expect(place.bottom(of: 20..<100, in: 10) == 32)
    place.move(by: .max, of: 20..<100, in: 10)
    #expect(place.isFollowing)
  }

  @Test func `what was dropped is no longer in view`() {
    var place = EventsPlace()
    place.move(by: .min, of: 0..<100, in: 10)
    #expect(place.bottom(of: 500..<600, in: 10) == 509)
    place.move(by: -1, of: 500..<600, in: 10)
    #expect(place.selected == 500)
  }

  @Test func `an empty log can be moved in`() {
    var place = EventsPlace()
    place.move(by: -1, of: 0..<0, in: 10)
    #expect(place.isFollowing)
    #expect(place.bottom(of: 0..<0, in: 10) == -1)
  }

  @Test func `the title says how much is newer`() {
    var sample = Sample.healthy
    for epoch in 10..<60 { sample.announce("+new-epoch", "\(epoch)", by: [1]) }
    var state = State(sample, size: Size(columns: 80, rows: 24))
    state.press("4")
    #expect(render(state).text.contains("Events · all · following"))
    state.press("Up")
    for epoch in 60..<94 { sample.announce("+new-epoch", "\(epoch)", by: [1]) }
    _ = state.update(.observed(sample.topology, sample.log))
    let text = render(state).text
    #expect(text.contains("34 newer below, G follows"))
    #expect(text.contains("epoch 59 began") && !text.contains("epoch 60 began"))
    state.press("G")
    #expect(render(state).text.contains("epoch 93 began"))
  }
}
