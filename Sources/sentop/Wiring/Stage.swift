import Canvas
import Curses
import Dashboard
import RedisSentinel
import SentinelInsight

/// The terminal, and how the program looks and sounds on it at the moment.
struct Stage {
  let terminal: Terminal
  var theme: Theme
  var settings: Settings

  /// Draws a state, tells who isn't looking, and takes note that questions can be read now.
  func show(_ state: inout State, at clock: SteadyClock) async {
    if let alert = state.takeAlert() {
      if alert.rings { await terminal.ring() }
      if let notice = alert.notice { await terminal.notify(notice) }
    }
    await terminal.setTitle(state.windowTitle)
    await terminal.draw(render(state))
    _ = state.update(.drawn(clock.now()))
  }

  /// Makes it look as was asked for; what can't be done comes back.
  mutating func adjust(to wanted: Settings) async -> Message? {
    defer { settings = wanted }
    if wanted.usesMouse != settings.usesMouse { await terminal.setMouse(wanted.usesMouse) }
    guard wanted.theme != settings.theme else { return nil }
    do {
      theme = try ThemeFiles.load(wanted.theme)
      await terminal.use(theme)
      return nil
    } catch {
      return .noted("\(error)", .warning)
    }
  }

  /// Puts a text on the clipboard, and says what became of it.
  func copy(_ text: String) async -> Message {
    let outcome = await terminal.copy(text)
    if case .sent = outcome { return .noted("Copied: \(text)", .notice) }
    return .noted("\(outcome)", .warning)
  }
}
