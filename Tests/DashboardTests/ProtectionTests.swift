import Canvas
import Dashboard
import SentinelInsight
import SentinelModel
import Testing

/// Deployments in which each change needs the name typed.
@Suite struct ProtectionTests {
  private var state = State(.healthy, isProtected: true)

  private var question: Question? {
    if case .confirming(let question) = state.mode { question } else { nil }
  }

  @Test(arguments: [("F", "cache"), ("R", "cache"), ("D", "cache"), ("W", "lab")])
  mutating func `only the name, to the letter, is a yes`(key: String, word: String) {
    for wrong in [String(word.dropLast()), word + "y", word.uppercased(), " " + word, "session"] {
      state.press(key)
      #expect(state.mode.kind == .confirmingByName)
      state.type(wrong)
      #expect(state.press("Enter") == nil)
      #expect(state.mode.kind == .confirmingByName)
      #expect(state.notice?.text == "That is another name. Type \(word), to the letter.")
      state.press("Esc")
    }
    #expect(state.commandLog.isEmpty)
    state.press(key)
    state.type(word)
    guard case .run = state.press("Enter") else {
      Issue.record("nothing was sent")
      return
    }
  }

  @Test mutating func `a new service and new settings need it, too`() {
    state.press("M")
    state.type("queue")
    state.press("Tab")
    state.type("10.0.0.9")
    state.press("Enter")
    #expect(question?.word == "queue")
    state.type("queue")
    guard case .run(.monitor, _, _) = state.press("Enter") else {
      Issue.record("nothing was sent")
      return
    }
    state.press("Esc", "E")
    state.type("3")
    state.press("Enter")
    #expect(question?.word == "cache")
    #expect(state.press("y") == nil)
    #expect(question?.field?.text == "y")
  }

  @Test mutating func `Enter without a name cancels`() {
    state.press("F")
    #expect(state.press("Enter") == nil)
    #expect(state.mode.kind == .browsing)
  }

  @Test(arguments: ["cache", "cachey", "cache\n", "cache\ny", "y"])
  mutating func `pasted text is no name, and the y after it no yes`(text: String) {
    state.press("F")
    _ = state.update(.drawn(state.now))
    #expect(state.update(.key(.paste(text), at: state.now.advanced(by: .seconds(1)))) == nil)
    #expect(question?.field?.text == "")
    #expect(state.notice?.text == "Pasted text can't answer a question.")
    #expect(state.press("y") == nil)
    #expect(question?.field?.text == "y")
    #expect(state.press("Enter") == nil)
    #expect(state.mode.kind == .confirmingByName)
    #expect(state.commandLog.isEmpty)
  }

  @Test mutating func `what was typed before the question was drawn is not in the field`() {
    let typed = state.now.advanced(by: .milliseconds(10))
    for character in "Fcache" { _ = state.update(.key(.character(character), at: typed)) }
    #expect(state.update(.key(.enter, at: typed)) == nil)
    #expect(question?.field?.text == "")
    // Drawn since, but these keys were pressed before.
    _ = state.update(.drawn(typed.advanced(by: .milliseconds(5))))
    for character in "cache" { _ = state.update(.key(.character(character), at: typed)) }
    #expect(state.update(.key(.enter, at: typed)) == nil)
    #expect(question?.field?.text == "")
    #expect(state.notice?.severity == .warning)
    #expect(state.commandLog.isEmpty)
  }

  @Test mutating func `a question that has changed wants the name anew`() {
    state.press("F")
    state.type("cache")
    #expect(question?.hasWord == true)
    var sample = Sample.healthy
    sample.report([
      Sample.master("cache", port: 6380, epoch: 7), Sample.master("session", port: 6479),
    ])
    _ = state.update(.observed(sample.topology, sample.log))
    #expect(question?.field?.text == "")
    // It stood there, but under another question.
    #expect(state.press("Enter") == nil)
    #expect(state.commandLog.isEmpty)
  }

  @Test func `what can't be done needs no name to be left`() {
    var state = State(Sample.failingOver, isProtected: true)
    state.press("End", "W")
    #expect(state.mode.kind == .confirmingByName)
    state.press("Esc")
    var alone = Sample.healthy
    for sentinel in 1...3 {
      alone.observe(
        .replicas("cache", [Sample.replica(6380, priority: 0), Sample.replica(6381, priority: 0)]),
        by: sentinel)
    }
    state = State(alone, isProtected: true)
    state.press("F")
    #expect(state.mode.kind == .confirming)
    #expect(state.press("y") == nil)
    state.press("n")
    #expect(state.mode.kind == .browsing)
  }

  @Test func `elsewhere no name is needed`() {
    var state = State.sample
    state.press("W")
    #expect(state.mode.kind == .confirming)
    guard case .run(.flushConfiguration, .all, _) = state.press("y") else {
      Issue.record("nothing was sent")
      return
    }
  }
}
