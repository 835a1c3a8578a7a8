import Canvas
import Dashboard
import SentinelModel
import Testing

@Suite struct LinesTests {
  @Test(arguments: [
    (0, "0.0s"), (840, "0.8s"), (9_999, "9.9s"), (12_000, "12s"), (59_999, "59s"), (180_000, "3m"),
    (14_400_000, "4h"), (172_800_000, "2d"), (-5_000, "0.0s"),
  ])
  func `an age is told in one figure and a unit`(milliseconds: Int, words: String) {
    #expect(Ages.words(.milliseconds(milliseconds)) == words)
  }

  @Test(arguments: [
    (0, "0.0ms"), (240, "0.2ms"), (9_940, "9.9ms"), (12_300, "12ms"), (2_100_000, "2.1s"),
  ])
  func `a round trip is told in milliseconds below a second`(microseconds: Int, words: String) {
    #expect(Ages.fine(.microseconds(microseconds)) == words)
  }

  @Test(arguments: [
    (UInt64(0), "0"), (812, "812"), (9_130, "9.1k"), (12_400_812, "12.4M"), (.max, "18.4E"),
  ])
  func `bytes are told in thousands`(count: UInt64, words: String) {
    #expect(Ages.bytes(count) == words)
  }

  @Test func `no duration is too long to be told`() {
    #expect(Ages.words(.seconds(Int64.max)) == "106751991167d")
    #expect(Ages.fine(.seconds(Int64.max)).hasSuffix("d"))
  }

  @Test func `the clock shows the time of day where the user is`() {
    let moment = Timestamp(milliseconds: 1_795_349_071_007)
    #expect(Clock.time(moment, utcOffset: 0) == "12:04:31")
    #expect(Clock.time(moment, utcOffset: 7_200) == "14:04:31")
    #expect(Clock.time(moment, utcOffset: -46_800) == "23:04:31")
    #expect(Clock.exact(moment, today: moment, utcOffset: 0) == "12:04:31.007")
  }

  @Test func `a time of another day shows the day`() {
    let moment = Timestamp(milliseconds: 1_795_349_071_007)
    let tomorrow = moment.advanced(by: .seconds(86_400))
    #expect(Clock.exact(moment, today: tomorrow, utcOffset: 0) == "11-22 12:04")
    #expect(
      Clock.exact(Timestamp(milliseconds: 951_782_400_000), today: moment, utcOffset: 0)
        == "02-29 00:00")
    #expect(Clock.exact(Timestamp(milliseconds: -1), today: moment, utcOffset: 0) == "12-31 23:59")
  }

  @Test func `hints are never cut in half, and help and quit always stand there`() {
    let words = Set(
      ActionTable.rows.flatMap { [$0.hints[.browsing], $0.shortHint].compactMap(\.self) })
    for columns in 16...120 {
      let text = render(State(.healthy, size: Size(columns: columns, rows: 24))).text(row: 23)
      let parts = text.split(separator: " ").map(String.init)
      #expect(parts.suffix(4) == ["?", "help", "q", "quit"])
      #expect(parts.count.isMultiple(of: 2))
      for (number, part) in parts.enumerated() where !number.isMultiple(of: 2) {
        #expect(words.contains(part), "\(text)")
      }
    }
  }

  @Test(arguments: [Symbols.unicode, .ascii])
  func `80 columns are enough for all keys that are of most use`(symbols: Symbols) {
    let state = State(.healthy, size: Size(columns: 80, rows: 24), symbols: symbols)
    #expect(
      hints(state)
        == " F failover Enter more a agree d doctor t history / filter : cmd ? help q quit")
    #expect(
      hints(state.pressing("O", "Up"))
        == " O unlock Enter more a agree d doctor t history / filter : cmd ? help q quit")
  }

  @Test func `only keys that work now are hinted at`() {
    let state = State.sample
    #expect(hints(state).hasPrefix(" F failover  R reset  c quorum  Enter details"))
    #expect(hints(State(.failingOver)).hasPrefix(" c quorum  Enter details"))
    #expect(hints(state.pressing("O", "Up")).hasPrefix(" c quorum  O unlock"))
    #expect(hints(State(.healthy, access: .readOnly(because: "x"))).hasPrefix(" c quorum  Enter"))
    #expect(hints(State(Sample())).hasPrefix(" Enter details"))
    #expect(hints(state.pressing("F")) == " y yes  n cancel  Tab choose  Enter press")
    #expect(hints(state.pressing("?")) == " / find  ↓ choose  Enter do it  Esc close")
  }

  @Test func `the title line says how well the whole is`() {
    let line = render(State(.failingOver)).text(row: 0)
    #expect(line.contains("3/3 sentinels  2 masters  4 replicas"))
    #expect(line.contains("✖ 1 critical  ↻ 1 failover"))
    #expect(line.hasSuffix("1.0s   12:04:31   RW"))
    #expect(render(State(.healthy, access: .locked)).text(row: 0).hasSuffix("RO"))
  }

  @Test func `the title line keeps what matters most on a narrow screen`() {
    for columns in 14...119 {
      let line = render(State(.failingOver, size: Size(columns: columns, rows: 24))).text(row: 0)
      #expect(line.contains("✖ 1"), "\(columns)")
    }
  }

  @Test func `a small screen says that a failover runs, and for how long there was no master`() {
    func strip(_ sample: Sample) -> String {
      render(State(sample, size: Size(columns: 40, rows: 12))).text(row: 10)
    }
    #expect(strip(.failingOver) == " ✖ session failover: told · down 0.74 s")
    #expect(strip(.switching) == " ↻ session switched 1/3 · down 1.38 s")
    #expect(strip(.home) == " ● session failed over · down 1.38 s")
    #expect(strip(.healthy).isEmpty)
  }

  @Test
  func `the strip keeps the time without a master on a medium screen, and Events their title`() {
    let text = render(State(.switching, size: Size(columns: 80, rows: 24))).text
    #expect(text.contains("no writable master for 1.38 s"))
    #expect(text.contains("├ Events · all · following ─"))
  }

  private func hints(_ state: State) -> String { render(state).text(row: state.size.rows - 1) }
}
