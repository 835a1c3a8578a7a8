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
    let options = try settings.terminal()
    let inbox = Inbox(monitor)
    let ending = try await Terminal.open(options, hears: inbox.hear) { terminal in
      var state = await State(
        deployment: name, seeds: seeds, size: terminal.size, now: monitor.clock.now(),
        utcOffset: TimeZone.current.secondsFromGMT(),
        access: settings.access, settings: settings.changeable(terminal),
        isProtected: settings.isProtected)
      state.keymap = settings.keymap
      state.columnTitles = settings.columns
      if demo != nil { _ = state.update(.noted(DemoHint.words(state.keymap), .info)) }
      var stage = Stage(terminal: terminal, theme: options.theme, settings: state.settings)
      return await withTaskGroup(of: Void.self) { group in
        group.addTask { await inbox.gather() }
        defer { group.cancelAll() }
        for await input in inbox.inputs {
          switch input {
          case .signal(let number): return Ending.signal(number)
          case .hangUp: return Ending.signal(SIGHUP)
          case .message(let message):
            let effect = state.update(message)
            switch effect {
            case .quit: return Ending.quit
            case .run(let command, let target, let facts):
              group.addTask {
                let outcome = await performer.run(command, target, facts) {
                  inbox.send(.progressed($0))
                }
                inbox.send(.finished(outcome))
              }
            case .stop(let command): await performer.stop(command)
            case .lock(let isLocked): await performer.operations.setReadOnly(isLocked)
            case .lab(let deed):
              if let demo {
                group.addTask {
                  let answer = await demo.answer(to: deed)
                  inbox.send(answer)
                  // What is announced next has its cause beside it.
                  if case .noted(let words, let severity) = answer {
                    await monitor.note(
                      LogEntry(.note(words, max(.notice, severity)), at: monitor.clock.now()))
                  }
                }
              }
            case .adjust(let settings):
              if settings.interval != stage.settings.interval {
                await monitor.ask(every: settings.interval)
              }
              if let trouble = await stage.adjust(to: settings) { _ = state.update(trouble) }
            case .copy(let text): _ = state.update(await stage.copy(text))
            case .export(let export):
              _ = state.update(Exporter.write(export, of: state, stage.theme, terminal.depth))
            case .redraw: await terminal.redraw()
            case .suspend: await terminal.suspend()
            case .focus, nil: break
            }
            if let demo {
              let nodes = await demo.nodes(state.topology)
              if nodes != state.labNodes { _ = state.update(.lab(nodes)) }
            }
            await stage.show(&state, at: monitor.clock)
            // The person sees the choice before anybody is asked about it.
            if case .focus(let service) = effect { await monitor.look(at: service) }
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
