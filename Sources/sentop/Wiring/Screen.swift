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
  let options: ScreenOptions
  /// What the deployment is called in the title.
  let name: String
  let seeds: [NodeAddress]

  /// Opens the screen, and gives the terminal back when the person quits or a signal asks for it.
  func run() async throws {
    let ending = try await Terminal.open(try options.terminal()) { terminal in
      var state = await State(
        deployment: name, seeds: seeds, size: terminal.size, now: monitor.clock.now(),
        utcOffset: TimeZone.current.secondsFromGMT(),
        access: options.readOnly ? .readOnly(because: "--read-only") : .unlocked,
        settings: options.settings(terminal))
      var shown = state.settings
      await terminal.setTitle("sentop \(name)")
      let inbox = Inbox()
      return await withTaskGroup(of: Void.self) { group in
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
            case .copy, .export, .lab: break
            case .redraw: await terminal.redraw()
            case .suspend: await terminal.suspend()
            case nil: break
            }
            await terminal.draw(render(state))
            _ = state.update(.drawn(monitor.clock.now()))
          }
        }
        return Ending.quit
      }
    }
    if case .signal(let number) = ending {
      Console.say("sentop: \(Ending.words(number))")
      throw ExitCode(128 + number)
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
    if settings.usesMouse != old.usesMouse { await terminal.setMouse(settings.usesMouse) }
    if settings.interval != old.interval { await monitor.ask(every: settings.interval) }
  }

  private enum Ending {
    case quit
    case signal(Int32)

    /// Why the program ended though nobody asked it to by a key.
    static func words(_ number: Int32) -> String {
      let names = [SIGINT: "SIGINT", SIGTERM: "SIGTERM", SIGHUP: "SIGHUP"]
      return "ended by \(names[number] ?? "signal \(number)")"
    }
  }
}
