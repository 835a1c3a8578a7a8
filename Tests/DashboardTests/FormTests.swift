import Canvas
import Dashboard
import SentinelInsight
import SentinelModel
import TestSupport
import Testing

@Suite struct FormTests {
  private func form(_ state: State, sourceLocation: SourceLocation = #_sourceLocation) throws
    -> Form
  {
    guard case .filling(let form) = state.mode else {
      Issue.record("no form is open", sourceLocation: sourceLocation)
      throw CancellationError()
    }
    return form
  }

  private func preflight(_ state: State) throws -> Preflight {
    guard case .confirming(let question) = state.mode else {
      Issue.record("no question is open")
      throw CancellationError()
    }
    return question.preflight
  }

  @Test func `a new master is asked for by name, address and quorum, and then by a question`()
    throws
  {
    var state = State.sample
    state.press("M")
    #expect(try form(state).fields.map(\.label) == ["name", "address", "quorum"])
    #expect(try form(state).fields.map(\.text) == ["", "", "2"])
    state.type("queue")
    state.press("Tab")
    state.type("10.0.0.9:6379")
    #expect(state.press("Enter") == nil)
    let preflight = try preflight(state)
    let queue = NodeAddress(host: "10.0.0.9", port: 6379)
    #expect(preflight.command == .monitor("queue", queue, quorum: 2))
    guard case .run(preflight.command, .all, preflight.facts) = state.press("y") else {
      Issue.record("nothing was sent")
      return
    }
    #expect(state.mode.kind == .following)
  }

  @Test func `letters that are keys elsewhere are letters in a form`() throws {
    var state = State.sample
    state.press("M")
    state.type("qFRDW?hjkl/:O")
    #expect(try form(state).fields[0].text == "qFRDW?hjkl/:O")
    #expect(try form(state).fields[0].problem == "only letters, digits, . - _")
  }

  @Test(arguments: [
    ("name", "two words", "only letters, digits, . - _"), ("name", "ok-1.x_y", nil),
    ("address", "host:port", "not HOST:PORT"), ("address", "host:0", "not HOST:PORT"),
    ("address", "10.0.0.1", nil), ("address", "[::1]:6379", nil),
    ("quorum", "0", "a number from 1 up"),
    ("quorum", "two", "a number from 1 up"), ("quorum", "3", nil),
  ])
  func `what is wrong is said as it is typed`(label: String, text: String, problem: String?) throws
  {
    var state = State.sample
    state.press("M")
    let index = try #require(try form(state).fields.firstIndex { $0.label == label })
    for _ in 0..<index { state.press("Tab") }
    state.press("Ctrl-U")
    state.type(text)
    let field = try form(state).fields[index]
    #expect(field.text == text)
    #expect(field.problem == problem)
    if let problem { #expect(render(state).text.contains(problem)) }
  }

  @Test func `what is missing is told only when it is handed in, and leads there`() throws {
    var state = State.sample
    state.press("M", "Tab", "Tab")
    #expect(!render(state).text.contains("missing"))
    #expect(state.press("Enter") == nil)
    #expect(try form(state).focus == 0)
    #expect(render(state).text.contains("missing"))
  }

  @Test func `Tab and arrows go round the fields`() throws {
    var state = State.sample
    state.press("M")
    for (key, focus) in [("Tab", 1), ("Down", 2), ("Tab", 0), ("Shift-Tab", 2), ("Up", 1)] {
      state.press(key)
      #expect(try form(state).focus == focus, "\(key)")
    }
  }

  @Test func `settings show what each Sentinel has, and set only what is typed`() throws {
    var state = State(.differing)
    state.press("E")
    let text = render(state).text
    #expect(text.contains("Settings of cache"))
    #expect(text.contains("s1 s2: 2, s3: 3"))
    state.type("2")
    state.press("Enter")
    let preflight = try preflight(state)
    #expect(preflight.command == .set("cache", [.quorum(2)]))
    #expect(preflight.facts.sentinels == [Sample.sentinels[2]])
    let question = render(state).text
    #expect(question.contains("s1, s2: already 2"))
    #expect(question.contains("s3: 3 → 2"))
  }

  @Test func `nothing typed is nothing to be asked`() {
    var state = State.sample
    state.press("E", "Enter")
    #expect(state.mode.kind == .filling)
    #expect(state.notice?.text.contains("Nothing was filled in") == true)
  }

  @Test func `a password stands nowhere on the screen`() throws {
    var state = State.sample
    state.press("E")
    while try form(state).fields[form(state).focus].label != "auth-pass" { state.press("Down") }
    state.type("hunter2")
    #expect(!render(state).text.contains("hunter2"))
    state.press("Enter")
    #expect(!render(state).text.contains("hunter2"))
    guard case .run(.set("cache", [.authPassword("hunter2")]), _, _) = state.press("y") else {
      Issue.record("nothing was sent")
      return
    }
    #expect(!render(state).text.contains("hunter2"))
    #expect(!state.pressing("Esc", "L").renderedText.contains("hunter2"))
  }

  @Test func `a minus takes a text away`() throws {
    var state = State.sample
    state.press("E")
    while try form(state).fields[form(state).focus].label != "auth-user" { state.press("Down") }
    state.type("-")
    state.press("Enter")
    #expect(try preflight(state).command == .set("cache", [.authUser("")]))
  }

  @Test func `no to the question goes back to what was typed, and no to that away`() throws {
    var state = State.sample
    state.press("E")
    state.type("3")
    state.press("Enter", "n")
    #expect(try form(state).fields[0].text == "3")
    state.press("Esc")
    #expect(state.mode.kind == .browsing)
    // The next question comes from no form.
    state.press("D", "n")
    #expect(state.mode.kind == .browsing)
  }

  @Test func `keys in a form send nothing, whatever they are`() {
    var generator = SeededGenerator(seed: 7)
    var state = State.sample
    state.press("E")
    for _ in 0..<300 {
      let keys = ["Tab", "Up", "Down", "Left", "Del", "Backspace", "Ctrl-W", "y", "F", "9", "-"]
      let key = keys[Int(generator.next() % UInt64(keys.count))]
      #expect(state.press(key) == nil)
      _ = render(state)
    }
    #expect(state.mode.kind == .filling)
  }

  @Test func `pasted text fills a field in`() throws {
    var state = State.sample
    state.press("M", "Tab")
    _ = state.update(.key(.paste("10.0.0.9:7000"), at: state.now))
    #expect(try form(state).fields[1].text == "10.0.0.9:7000")
  }
}

extension State {
  fileprivate var renderedText: String { render(self).text }
}
