import Canvas
import Dashboard
import SentinelModel
import Testing

@Suite struct MouseTests {
  /// Where a text stands on the screen first, beside other words.
  private func place(of text: String, _ state: State) throws -> Position {
    let lines = render(state).text.split(separator: "\n", omittingEmptySubsequences: false)
    for (row, line) in lines.enumerated() {
      guard let range = line.firstRange(of: text) else { continue }
      return Position(column: Glyph.columns(of: String(line[..<range.lowerBound])), row: row)
    }
    Issue.record("\(text) is nowhere")
    throw CancellationError()
  }

  @discardableResult
  private func click(_ text: String, _ state: inout State) throws -> Effect? {
    let place = try place(of: text, state)
    return state.update(.key(.mouse(.press, place), at: state.present))
  }

  @Test(arguments: [Size(columns: 120, rows: 36), Size(columns: 80, rows: 24)])
  func `a click chooses the row and its pane`(size: Size) throws {
    var state = State(.healthy, size: size)
    #expect(try click("127.0.0.1:6479", &state) == .focus("session"))
    #expect(state.selectedService.name == "session")
    try click("127.0.0.1:6481", &state)
    #expect(state.pane == .replicas)
    try click("s3", &state)
    #expect(state.pane == .sentinels)
    #expect(state.selectedSentinel.name?.port == 26381)
  }

  @Test func `a click on a title sorts by it, and a second one turns it round`() throws {
    var state = State(.healthy, size: Size(columns: 120, rows: 36))
    try click("ADDRESS", &state)
    #expect(state.views[.masters]?.sorting?.field == "address")
    #expect(state.views[.masters]?.sorting?.isDescending == false)
    try click("ADDRESS", &state)
    #expect(state.views[.masters]?.sorting?.isDescending == true)
  }

  @Test func `a click on a hint does what it says`() throws {
    var state = State(.healthy, size: Size(columns: 120, rows: 36))
    try click("a agreement", &state)
    #expect(state.mode.page == .agreement)
    try click("Esc close", &state)
    #expect(state.mode.kind == .browsing)
  }

  @Test func `on a small screen a click on a tab changes the pane`() throws {
    var state = State(.healthy, size: Size(columns: 40, rows: 12))
    try click("Sentinels", &state)
    #expect(state.pane == .sentinels)
  }

  @Test(arguments: [Size(columns: 120, rows: 36), Size(columns: 80, rows: 24)])
  func `a click on a field of a form goes there`(size: Size) throws {
    var state = State(.healthy, size: size).pressing("E")
    try click("parallel-syncs", &state)
    state.press("3")
    guard case .filling(let form) = state.mode else {
      Issue.record("no form is open")
      return
    }
    #expect(form.fields[form.focus].label == "parallel-syncs")
    #expect(form.fields[form.focus].text == "3")
  }

  @Test func `a click beside the answers of a question is none`() throws {
    var state = State(.healthy, size: Size(columns: 120, rows: 36)).pressing("F")
    let now = state.present
    _ = state.update(.drawn(now))
    let later = now.advanced(by: .seconds(1))
    #expect(state.update(.key(.mouse(.press, Position(column: 0, row: 0)), at: later)) == nil)
    #expect(state.mode.kind == .confirming)
    let button = try place(of: "Cancel", state)
    #expect(state.update(.key(.mouse(.press, button), at: later)) == nil)
    #expect(state.mode.kind == .browsing)
  }
}
