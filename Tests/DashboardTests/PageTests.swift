import Canvas
import Dashboard
import SentinelModel
import Testing

@Suite struct PageTests {
  private static let small = Size(columns: 40, rows: 12)

  /// A state in which every page has more lines than fit.
  private var state: State {
    var state = State(.home, size: Self.small, findings: Sample.findings)
    let answer = Outcome.Answer(
      sentinel: Sample.sentinels[0], verdict: .accepted("OK 3 usable Sentinels"), elapsed: .zero)
    for _ in 1...6 {
      let outcome = Outcome(
        command: .checkQuorum("cache"), startedAt: state.now, endedAt: state.now, answers: [answer])
      _ = state.update(.finished(outcome))
    }
    press("1", &state)
    return state
  }

  /// Presses a key while no time passes, so that only the key can change the screen.
  private func press(_ name: String, _ state: inout State) {
    guard let key = Key(name) else { return }
    _ = state.update(.key(key, at: state.now))
  }

  @Test(arguments: Page.allCases)
  func `a page opens by its key, and closes by the same key, by Esc and by q`(page: Page) {
    for close in [page.key, .escape, .character("q")] {
      var state = state
      let before = render(state)
      _ = state.update(.key(page.key, at: state.now))
      guard case .reading(page, _) = state.mode else {
        Issue.record("\(page.key.name) doesn't open it")
        continue
      }
      #expect(render(state) != before)
      #expect(state.update(.key(close, at: state.now)) == nil)
      #expect(state.mode.kind == .browsing)
      #expect(render(state) == before)
    }
  }

  @Test(arguments: Page.allCases.filter { $0 != .settings && $0 != .failovers && $0 != .events })
  func `a page is scrolled by lines, by pages, and to its ends`(page: Page) {
    var state = state
    _ = state.update(.key(page.key, at: state.now))
    press("g", &state)
    let top = render(state)
    for (there, back) in [
      ("Down", "Up"), ("j", "k"), ("PgDn", "PgUp"), ("G", "g"), ("End", "Home"),
    ] {
      press(there, &state)
      #expect(render(state) != top, "\(there)")
      press(back, &state)
      #expect(render(state) == top, "\(back)")
    }
    press("G", &state)
    let end = render(state)
    press("Down", &state)
    press("PgDn", &state)
    #expect(render(state) == end)
  }

  @Test(arguments: Page.allCases)
  func `from one page another is opened by its key`(page: Page) {
    // On the settings Enter changes one, and on the events it explains one.
    for other in Page.allCases where other != page && !(page == .settings && other == .details) {
      var state = state
      for key in [page.key, other.key] { _ = state.update(.key(key, at: state.now)) }
      guard case .reading(other, _) = state.mode else {
        Issue.record("\(other.key.name) opens nothing from \(page.word)")
        continue
      }
    }
  }

  @Test func `from an event's details one comes back to the events, and to the pane before them`() {
    var state = State(.failingOver).pressing("2", "e", "Enter")
    #expect(state.mode.page == .details)
    state = state.pressing("Escape")
    #expect(state.mode.page == .events)
    #expect(state.pane == .replicas)
    state = state.pressing("Enter", "d")
    #expect(state.mode.page == .doctor)
    #expect(state.pressing("Escape").pane == .replicas)
  }

  @Test func `settings can't be copied nor exported`() {
    let state = State(.healthy).pressing(",")
    #expect(state.refusal(of: .copy) != nil)
    #expect(state.refusal(of: .export) != nil)
    #expect(State(.healthy).refusal(of: .copy) == nil)
  }
}
