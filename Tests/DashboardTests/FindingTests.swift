import Canvas
import SentinelInsight
import SentinelModel
import Testing

@testable import Dashboard

/// Filtering, searching and sorting, key by key.
@Suite struct FindingTests {
  @discardableResult
  private func type(_ text: String, _ state: inout State) -> Effect? {
    var effect: Effect?
    for character in text { effect = state.update(.key(.character(character), at: state.now)) }
    return effect
  }

  private func screen(_ state: State) -> String { render(state).text }

  @Test func `a filter works while it is typed, Enter keeps it, and the title names it`() {
    var state = State.sample
    state.press("/")
    #expect(screen(state).contains("/ filter masters:"))
    #expect(type("sess", &state) == .focus("session") || state.service?.name == "session")
    #expect(state.shownServices.map(\.name) == ["session"])
    #expect(screen(state).contains("1 of 2"))
    state.press("Enter")
    #expect(state.mode.kind == .browsing)
    #expect(screen(state).contains("Masters 1/2 · /sess"))
    #expect(screen(state).contains("Replicas of session"))
    state.press("Esc")
    #expect(state.shownServices.count == 2)
  }

  @Test func `Escape while typing puts back what was`() {
    var state = State.sample.pressing("/")
    type("cache", &state)
    state.press("Enter", "/")
    type("xyz", &state)
    #expect(state.shownServices.isEmpty)
    #expect(screen(state).contains("Nothing matches cachexyz."))
    state.press("Esc")
    #expect(state.shownServices.map(\.name) == ["cache"])
  }

  @Test func `a mistake is told, and leaves the rows as they are`() {
    var state = State.sample.pressing("/")
    type("color:red", &state)
    #expect(screen(state).contains("there is no field color"))
    #expect(state.shownServices.count == 2)
    state.press("Enter")
    #expect(state.mode.kind == .typing)
  }

  @Test func `letters that are keys elsewhere are text here`() {
    var state = State.sample.pressing("/")
    for key in ["q", "F", "R", "?", ":", "1", " ", "y"] { state.press(key) }
    #expect(state.mode.kind == .typing)
    state.press("Ctrl-C")
    #expect(state.mode.kind == .browsing)
    #expect(state.press("Ctrl-C") == .quit)
  }

  @Test func `each pane remembers its own filter and order`() {
    var state = State.sample.pressing("3", "/")
    type("s2", &state)
    state.press("Enter", "1")
    #expect(state.shownSentinels.count == 1)
    #expect(state.shownServices.count == 2)
    #expect(screen(state).contains("Sentinels of cache 1/3 · /s2"))
    state.press("3", "Esc")
    #expect(state.shownSentinels.count == 3)
  }

  @Test func `s goes through the columns with an arrow, S turns it round`() {
    var state = State.sample.pressing("s")
    #expect(state.views[.masters]?.sorting == Sorting(field: "name"))
    #expect(screen(state).contains("NAME▴"))
    #expect(state.shownServices.map(\.name) == ["cache", "session"])
    state.press("S")
    #expect(screen(state).contains("NAME▾"))
    #expect(state.shownServices.map(\.name) == ["session", "cache"])
    for _ in state.fields(of: .masters).filter({ !$0.isEmpty }) { state.press("s") }
    #expect(state.views[.masters]?.sorting == nil)
  }

  @Test func `only problems hides what is well`() {
    var state = State(.failingOver).pressing("!")
    #expect(state.shownServices.map(\.name) == ["session"])
    #expect(screen(state).contains("Masters 1/2 · problems"))
    state.press("!")
    #expect(state.shownServices.count == 2)
    var healthy = State.sample.pressing("!")
    #expect(screen(healthy).contains("No problems here."))
    // The panes beside it go on telling of a service.
    #expect(screen(healthy).contains("Replicas of cache"))
    healthy.press("!")
  }

  @Test func `events are filtered by field, and searched with n and N`() {
    var state = State(.failingOver).pressing("e", "/")
    type("event:+odown", &state)
    state.press("Enter")
    #expect(state.shownEvents.count == 1)
    state.press("Esc", "4", "Esc", "e", "/", "Tab")
    type("odown", &state)
    state.press("Enter")
    let first = state.eventsPlace.selected(of: state.shownEvents)
    #expect(first != nil)
    #expect(state.shownEvents.count > 1)
    state.press("n")
    let second = state.eventsPlace.selected(of: state.shownEvents)
    state.press("N")
    #expect(state.eventsPlace.selected(of: state.shownEvents) == first)
    #expect(second != nil)
  }

  @Test func `a filter follows the log as it grows`() {
    var sample = Sample.healthy
    var state = State(sample).pressing("4", "/")
    type("epoch", &state)
    state.press("Enter")
    let before = state.shownEvents.count
    for epoch in 10..<400 { sample.announce("+new-epoch", "\(epoch)", by: [1]) }
    sample.announce("+tilt", "#tilt mode entered", by: [1])
    _ = state.update(.observed(sample.topology, sample.log))
    #expect(state.shownEvents.count == before + 390)
  }

  @Test func `help is searched, and Enter does what was chosen`() {
    var state = State.sample.pressing("?", "/")
    type("quorum", &state)
    state.press("Enter")
    #expect(state.mode.kind == .help)
    #expect(state.press("Enter") == .run(.checkQuorum("cache"), .all, nil))
    #expect(state.mode.kind == .browsing)
  }

  @Test func `the palette finds by letters, says why not, and does it`() {
    var state = State.sample.pressing(":")
    type("agr", &state)
    #expect(screen(state).contains("Agreement"))
    state.press("Enter")
    #expect(state.mode.page == .agreement)
    state.press("Esc", ":")
    type("master sess", &state)
    #expect(state.press("Enter") == .focus("session"))
    state.press(":")
    type("unlock", &state)
    state.press("Tab")
    #expect(screen(state).contains(": Lock or unlock changes"))
    state.press("Esc", ":")
    type("step forw", &state)
    #expect(screen(state).contains("What is shown is the present."))
    state.press("Enter")
    #expect(state.notice?.text == "What is shown is the present.")
  }

  @Test func `a theme is taken out of the palette and on the settings page`() throws {
    var state = State(
      deployment: "lab", seeds: [], size: Size(columns: 120, rows: 36), now: Sample.start,
      settings: Settings(theme: "dark", themes: ["dark", "light", "mono"]))
    state.press(":")
    type("theme mono", &state)
    var wanted = state.settings
    wanted.theme = "mono"
    #expect(state.press("Enter") == .adjust(wanted))
    wanted.theme = "dark"
    state.press(",")
    #expect(state.press("Right") == .adjust(wanted))
    #expect(screen(state).contains("◂ dark ▸"))
    wanted.isASCII = true
    state.press("Down")
    #expect(state.press("Enter") == .adjust(wanted))
    #expect(screen(state).contains("ascii: true"))
  }
}
