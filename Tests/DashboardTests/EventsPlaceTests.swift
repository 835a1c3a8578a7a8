import Canvas
import SentinelInsight
import SentinelModel
import Testing

@testable import Dashboard

@Suite struct EventsPlaceTests {
  /// So many lines of a log that begins with that number.
  private func rows(_ numbers: Range<Int>) -> EventRows {
    var log = EventLog(capacity: numbers.count)
    for number in 0..<numbers.upperBound {
      log.add(LogEntry(.note("\(number)", .info), at: Sample.start))
    }
    var rows = EventRows()
    rows.follow(log, before: .max, ListView(), [])
    return rows
  }

  @Test func `the newest is followed until somebody moves up`() {
    var place = EventsPlace()
    #expect(place.visible(of: rows(0..<100), in: 10) == 90..<100)
    place.move(by: -1, of: rows(0..<100), in: 10)
    #expect(place.selected(of: rows(0..<100)) == 98)
    // What is in view stays there while more is announced.
    #expect(place.visible(of: rows(0..<134), in: 10) == 90..<100)
  }

  @Test func `moving beyond the newest follows again`() {
    var place = EventsPlace()
    place.move(by: -5, of: rows(0..<100), in: 10)
    place.move(by: 4, of: rows(0..<100), in: 10)
    #expect(!place.isFollowing)
    place.move(by: 1, of: rows(0..<100), in: 10)
    #expect(place.isFollowing)
  }

  @Test func `the cursor stays in view at both ends`() {
    let rows = rows(20..<100)
    var place = EventsPlace()
    place.move(by: .min, of: rows, in: 10)
    #expect(place.selected(of: rows).map { rows[$0] } == 20)
    #expect(place.visible(of: rows, in: 10) == 0..<10)
    place.move(by: 12, of: rows, in: 10)
    #expect(place.selected(of: rows).map { rows[$0] } == 32)
    #expect(place.visible(of: rows, in: 10) == 3..<13)
    place.move(by: .max, of: rows, in: 10)
    #expect(place.isFollowing)
  }

  @Test func `what was dropped is no longer in view`() {
    var place = EventsPlace()
    place.move(by: .min, of: rows(0..<100), in: 10)
    let later = rows(500..<600)
    #expect(place.visible(of: later, in: 10) == 0..<10)
    place.move(by: -1, of: later, in: 10)
    #expect(place.selected(of: later).map { later[$0] } == 500)
  }

  @Test func `an empty log can be moved in`() {
    var place = EventsPlace()
    place.move(by: -1, of: rows(0..<0), in: 10)
    #expect(place.isFollowing)
    #expect(place.visible(of: rows(0..<0), in: 10).isEmpty)
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
