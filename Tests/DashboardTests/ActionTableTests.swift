import Canvas
import Dashboard
import Testing

@Suite struct ActionTableTests {
  @Test(arguments: Mode.Kind.allCases)
  func `no key means two things in one mode`(mode: Mode.Kind) {
    let keys = ActionTable.rows.filter { $0.modes.contains(mode) }.flatMap(\.keys)
    #expect(Set(keys).count == keys.count)
  }

  @Test(arguments: Mode.Kind.allCases)
  func `there is a way out of every mode`(mode: Mode.Kind) {
    // Where text is typed the letters belong to it, and Ctrl-C leaves that first.
    let leaves: Action =
      switch mode {
      case .typing, .choosing: .leaveEntry
      case .filling, .confirmingByName: .cancel
      case .browsing, .confirming, .following, .help, .reading: .quit
      }
    #expect(Keymap.standard.action(for: .control("c"), in: mode) == leaves)
    #expect(Keymap.standard.action(for: .control("z"), in: mode) == .suspend)
    let key: Key = leaves == .quit ? .character("q") : .escape
    #expect(Keymap.standard.action(for: key, in: mode) != nil)
  }

  @Test func `only what asks first can change a deployment`() {
    let risky = ActionTable.rows.filter { $0.risk == .confirm }.map(\.action)
    #expect(risky == [.failover, .reset, .edit, .monitor, .remove, .flushConfiguration])
  }

  @Test func `each key that stands in the table does something`() {
    for row in ActionTable.rows where row.modes.contains(.browsing) {
      for key in row.keys {
        var state = State(.failingOver)
        state.press("Down")
        for pane in ["1", "2", "3", "4"] where row.action != .quit {
          state.press(pane)
          state.press("PgUp", "Up")
        }
        let before = render(state)
        let effect = state.update(.key(key, at: state.now))
        let isEdge = [.moveUp, .pageUp, .moveToFirst].contains(row.action)
        let isThere = row.action == .focus(.events)
        #expect(effect != nil || render(state) != before || isEdge || isThere, "\(row.title)")
      }
    }
  }

  @Test func `the keys that leave the program ask for nothing`() {
    var state = State.sample
    #expect(state.press("q") == .quit)
    #expect(state.press("Ctrl-C") == .quit)
    #expect(state.press("Ctrl-Z") == .suspend)
    #expect(state.press("Ctrl-L") == .redraw)
    #expect(state.pressing("F").mode.kind == .confirming)
    var asking = state.pressing("F")
    #expect(asking.press("Ctrl-C") == .quit)
  }

  @Test func `the pane keys go round`() {
    var state = State.sample
    for pane in [Pane.replicas, .sentinels, .events, .masters] {
      state.press("Tab")
      #expect(state.pane == pane)
    }
    state.press("h")
    #expect(state.pane == .events)
    state.press("2")
    #expect(state.pane == .replicas)
  }

  @Test func `help and command log close with the keys that opened them`() {
    for (open, close) in [
      ("?", "?"), ("?", "Esc"), ("?", "q"), ("L", "L"), ("L", "Esc"), ("L", "q"),
    ] {
      var state = State.sample
      state.press(open)
      #expect(state.mode.kind != .browsing)
      #expect(state.press(close) == nil)
      #expect(state.mode.kind == .browsing)
    }
  }
}
