import Testing

// What stands on the screen, and what is typed.
extension Tmux {
  /// The lines of the screen.
  var screen: String {
    get async throws { try await tmux("capture-pane", "-p") }
  }

  /// Waits until all of these words stand on the screen.
  @discardableResult
  func expect(
    _ words: String..., within limit: Duration = .seconds(30),
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> String {
    try await expect(
      words.joined(separator: ", "), within: limit, sourceLocation: sourceLocation
    ) { screen in words.allSatisfy { screen.contains($0) } }
  }

  /// Waits until the screen is as wanted.
  @discardableResult
  func expect(
    _ what: String, within limit: Duration = .seconds(30),
    sourceLocation: SourceLocation = #_sourceLocation, _ isMet: (String) throws -> Bool
  ) async throws -> String {
    var seen = ""
    return try await eventually(
      "\(what), on\n\(seen)", within: limit, sourceLocation: sourceLocation
    ) {
      seen = try await screen
      return try isMet(seen) ? seen : nil
    }
  }

  /// Presses keys, by tmux's names for them: `F`, `Enter`, `C-c`, `Up`.
  func press(_ keys: String...) async throws {
    for key in keys { try await tmux("send-keys", "--", key) }
  }

  /// Presses Escape and waits until the words have left the screen: what followed at once would be
  /// read as a key with Alt.
  func escape(
    from words: String, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    try await press("Escape")
    try await expect("Escape closes it", sourceLocation: sourceLocation) { !$0.contains(words) }
  }

  /// Asks for CKQUORUM, again where Sentinels that have just started don't know each other yet.
  func expectQuorum(sourceLocation: SourceLocation = #_sourceLocation) async throws {
    try await eventually("every Sentinel is usable", sourceLocation: sourceLocation) {
      try await press("c")
      let screen = try await expect("you: CKQUORUM", sourceLocation: sourceLocation)
      return screen.contains(/you: CKQUORUM +s1[ s0-9]*: OK .*usable Sentinels/)
    }
  }

  /// Clicks on the first place where those words stand, as a terminal reports it.
  func click(
    _ words: String, in screen: String, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let lines = screen.split(separator: "\n", omittingEmptySubsequences: false)
    let row = try #require(
      lines.firstIndex { $0.contains(words) }, "\(words) stands nowhere",
      sourceLocation: sourceLocation)
    let column = lines[row].ranges(of: words).first.map { lines[row][..<$0.lowerBound].count } ?? 0
    for end in ["M", "m"] { try await type("\u{1B}[<0;\(column + 1);\(row + 1)\(end)") }
  }

  /// Types a text.
  func type(_ text: String) async throws { try await tmux("send-keys", "-l", "--", text) }

  /// Pastes a text, between brackets where the program has asked for them.
  func paste(_ text: String) async throws {
    try await tmux("set-buffer", "--", text)
    try await tmux("paste-buffer", "-p")
  }

  func resize(columns: Int, rows: Int) async throws {
    try await tmux("resize-window", "-x", "\(columns)", "-y", "\(rows)")
  }

  /// Whether the alternate screen is on, the cursor is shown, the mouse is asked for, and the cursor
  /// keys are in their application mode.
  var switches: Switches {
    get async throws {
      let text = try await tmux(
        "display-message", "-p",
        "#{alternate_on}#{cursor_flag}#{mouse_any_flag}#{keypad_cursor_flag}#{keypad_flag}")
      let digits = text.map { $0 == "1" }
      guard digits.count == 5 else { throw Failure(words: ["display-message"], message: text) }
      return Switches(
        isAlternate: digits[0], showsCursor: digits[1], asksForMouse: digits[2],
        hasKeypad: digits[3] || digits[4])
    }
  }

  struct Switches: Equatable {
    var isAlternate: Bool
    var showsCursor: Bool
    var asksForMouse: Bool
    var hasKeypad: Bool

    /// As a shell wants it.
    static let plain = Switches(
      isAlternate: false, showsCursor: true, asksForMouse: false, hasKeypad: false)
  }

  /// Holds the terminal against what it was before the program.
  func expectRestored(sourceLocation: SourceLocation = #_sourceLocation) async throws {
    let modes = modes
    #expect(modes.before != nil, sourceLocation: sourceLocation)
    #expect(modes.after == modes.before, sourceLocation: sourceLocation)
    #expect(try await switches == .plain, sourceLocation: sourceLocation)
    // `cat -v` shows the brackets, were they still asked for.
    try await paste("pasted")
    let screen = try await expect("pasted", sourceLocation: sourceLocation)
    #expect(!screen.contains("200~"), sourceLocation: sourceLocation)
  }
}
