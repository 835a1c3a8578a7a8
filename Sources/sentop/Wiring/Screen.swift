import ArgumentParser
import Canvas
import Curses
import Dashboard
import Foundation
import RedisSentinel
import SentinelInsight
import SentinelModel
import SentinelMonitor

/// The screen: where the state lives, between what happens and what is drawn.
struct Screen {
  let monitor: Monitor
  let performer: Performer
  let settings: ScreenSettings
  /// What the deployment is called in the title.
  let name: String
  let seeds: [NodeAddress]
  /// The servers that can be played with; nil but in the demo.
  var demo: DemoLab?

  /// Opens the screen, and gives the terminal back when the person quits or a signal asks for it.
  func run() async throws {
    try await Terminal.open(try settings.terminal()) { terminal in
      var state = await State(
        deployment: name, seeds: seeds, size: terminal.size, now: monitor.clock.now(),
        utcOffset: TimeZone.current.secondsFromGMT(),
        access: settings.access, settings: settings.changeable(terminal))
      state.keymap = settings.keymap
      var shown = state.settings
      if demo != nil { _ = state.update(.noted(DemoHint.words(state.keymap), .info)) }
      let inbox = Inbox()
      let ending = await withTaskGroup(of: Void.self) { group in
        group.addTask { await inbox.gather(from: terminal, monitor) }
        defer { group.cancelAll() }
        for await input in inbox.inputs {
          switch input {
          case .signal(let number): return Ending.signal(number)
          case .hangUp: return Ending.signal(SIGHUP)
          case .message(let message):
            switch state.update(message) {
            case .quit: return Ending.quit
            case .run(let command, let target, let facts):
              group.addTask {
                inbox.send(.finished(await performer.run(command, target, facts)))
              }
            case .focus(let service): await monitor.look(at: service)
            case .lock(let isLocked): await performer.operations.setReadOnly(isLocked)
            case .adjust(let settings):
              await adjust(settings, insteadOf: shown, terminal, inbox)
              shown = settings
            case .lab(let deed):
              if let demo { group.addTask { inbox.send(await demo.answer(to: deed)) } }
            case .copy, .export: break
            case .redraw: await terminal.redraw()
            case .suspend: await terminal.suspend()
            case nil: break
            }
            if let demo {
              let nodes = await demo.nodes(state.topology)
              if nodes != state.labNodes { _ = state.update(.lab(nodes)) }
            }
            await terminal.draw(render(state))
            _ = state.update(.drawn(monitor.clock.now()))
          }
        }
        return Ending.quit
      }
      if case .signal(let number) = ending { throw ExitCode(128 + number) }
    }
  }

  /// Makes it look and watch as was asked for.
  private func adjust(
    _ settings: Settings, insteadOf old: Settings, _ terminal: Terminal, _ inbox: Inbox
  ) async {
    if settings.theme != old.theme {
      do {
        await terminal.use(try ThemeFiles.load(settings.theme))
      } catch {
        inbox.send(.noted("\(error)", .warning))
      }
    }
    if settings.interval != old.interval { await monitor.ask(every: settings.interval) }
  }

  private enum Ending {
    case quit
    case signal(Int32)
  }
}
