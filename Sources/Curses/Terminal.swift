internal import CNcurses
package import Canvas
internal import Dispatch
internal import Synchronization

/// The terminal, and the one door to ncurses, which can't be entered twice at once. It is lent by
/// `open` and always given back.
package actor Terminal {
  /// How the terminal is to be used.
  package struct Options: Sendable {
    package var theme: Theme
    /// At most so many colours; what the terminal has if `nil`.
    package var depth: ColorDepth?
    package var usesMouse: Bool
    package var environment: [String: String]

    package init(
      theme: Theme = .plain, depth: ColorDepth? = nil, usesMouse: Bool = false,
      environment: [String: String] = [:]
    ) {
      self.theme = theme
      self.depth = depth
      self.usesMouse = usesMouse
      self.environment = environment
    }
  }

  /// What comes from the terminal.
  package enum Input: Hashable, Sendable {
    case key(Key)
    /// It has another size now, or may have been written over.
    case resized(Size)
    /// There is no terminal any more.
    case gone
  }

  /// Whether the locale says that text is UTF-8. If not, only ASCII is shown.
  package nonisolated let isUTF8: Bool
  package nonisolated let depth: ColorDepth
  package nonisolated let kind: TerminalKind
  /// The symbols a grid for this terminal should be made with.
  package nonisolated var symbols: Symbols { isUTF8 ? .unicode : .ascii }

  package internal(set) var size: Size
  var palette: Palette
  /// What is on the screen; `nil` if that is unknown.
  var drawn: Grid?
  var isOpen = true
  var usesMouse: Bool
  /// The title that it was given.
  var title: String?
  /// Whether the terminal remembers the one it had.
  var hasOldTitle = false
  /// Whether the terminal shows a frame at once if it is told where one begins and ends. It isn't
  /// believed to before it has said so.
  var hasFrames = false
  let hears: @Sendable (Input) -> Void
  private let screen: OpaquePointer

  private static let isLent = Mutex(false)

  /// Lends the terminal to `body` and gives it back as it was, whatever happens in there. Throws a
  /// `TerminalError`, with nothing touched, where there is no terminal that can show a screen.
  ///
  /// `hears` is told at once, on a thread that reads the keyboard: also while a frame is drawn.
  package static func open<Result>(
    _ options: Options = Options(), hears: @escaping @Sendable (Input) -> Void,
    _ body: (Terminal) async throws -> Result
  ) async throws -> Result {
    let terminal = try Terminal(options, hears)
    let sources = terminal.listen()
    do {
      let result = try await body(terminal)
      sources.cancel()
      await terminal.close()
      return result
    } catch {
      sources.cancel()
      await terminal.close()
      throw error
    }
  }

  /// Whether the locale says that text is UTF-8.
  package static var isUTF8: Bool { curses_is_utf8() }

  /// Gives the terminal back at once, from anywhere, a signal handler too. For a program that is
  /// about to end: there is no way back to the screen.
  package nonisolated static func restore() { curses_restore() }

  private init(
    _ options: Options, _ hears: @escaping @Sendable (Input) -> Void
  ) throws(TerminalError) {
    guard isatty(STDIN_FILENO) == 1 else { throw .notATerminal("standard input") }
    guard isatty(STDOUT_FILENO) == 1 else { throw .notATerminal("standard output") }
    let utf8 = curses_is_utf8()
    var environment = options.environment
    environment["TERM"] = getenv("TERM").map { String(cString: $0) }
    let description = try TerminalDescription.choose(environment, atMost: options.depth)
    let wasLent = Self.isLent.withLock { isLent in
      defer { isLent = true }
      return isLent
    }
    guard !wasLent else { throw .alreadyOpen }
    guard curses_save_modes(), let screen = curses_open(description.name) else {
      Self.isLent.withLock { $0 = false }
      throw .unknownType(description.name)
    }
    self.screen = screen
    self.hears = hears
    isUTF8 = utf8
    start_color()
    use_default_colors()
    let found = TerminalDescription(
      name: description.name, colors: Int(curses_colors()), isDirect: curses_is_direct())
    let depth = found.depth(environment, atMost: options.depth)
    let kind = TerminalKind(environment)
    let usesMouse = options.usesMouse && kind.hasMouse
    self.depth = depth
    self.kind = kind
    self.usesMouse = usesMouse
    palette = Palette(
      theme: options.theme, depth: depth, indexed: Int(curses_indexed_colors()))
    size = Size(columns: Int(curses_columns()), rows: Int(curses_rows()))
    raw()
    noecho()
    nonl()
    curs_set(0)
    curses_set_keypad(true)
    // Or ncurses stops in the middle of a frame when a key is waiting.
    typeahead(-1)
    curses_arm(Sequences.off)
    curses_catch_crashes()
    curses_gather_messages()
    Sequences.write(
      Sequences.on(mouse: usesMouse) + (kind.answersQueries ? ControlText.askForFrames : ""))
  }

  /// Listens to the keyboard and to the signals about the screen, until what it returns is
  /// cancelled.
  private nonisolated func listen() -> Sources {
    let keyboard = Keyboard(hears: hears, described: Sequences.described()) { report in
      Task { await self.heard(report) }
    }
    keyboard.start()
    return Sources(
      keyboard: keyboard,
      signals: [
        Sources.signal(SIGWINCH) { await self.fit() },
        Sources.signal(SIGTSTP) { await self.suspend() },
        Sources.signal(SIGCONT) { await self.resume() },
      ])
  }

  private func close() {
    isOpen = false
    Sequences.write(off)
    curs_set(1)
    endwin()
    curses_disarm()
    delscreen(screen)
    curses_release_messages()
    Self.isLent.withLock { $0 = false }
  }
}
