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
      var newsAt = state.now
      var stage = Stage(terminal: terminal, theme: options.theme, settings: state.settings)
      return await withTaskGroup(of: Void.self) { group in
        group.addTask { await inbox.gather() }
        defer { group.cancelAll() }
        for await input in inbox.inputs {
          let message: Message
          switch input {
          case .signal(let number): return Ending.signal(number)
          case .hangUp: return Ending.signal(SIGHUP)
          case .news(let snapshot, let moment):
            newsAt = moment
            _ = state.update(.ticked(moment))
            message = .observed(snapshot)
          // The clock was moved on just now.
          case .message(.ticked(let moment)) where moment.duration(since: newsAt) < Self.second:
            continue
          case .message(let other): message = other
          }
          let effect = state.update(message)
          if effect == .quit { return Ending.quit }
          await carryOut(effect, &state, &stage, inbox, in: &group)
          if let demo {
            let nodes = await demo.nodes(state.topology)
            if nodes != state.labNodes { _ = state.update(.lab(nodes)) }
          }
          await stage.show(&state, at: monitor.clock)
          // The person sees the choice before anybody is asked about it.
          if case .focus(let service) = effect { await monitor.look(at: service) }
        }
        return Ending.quit
      }
    }
    if case .signal(let number) = ending {
      Console.say("sentop: \(Ending.words(number))")
      throw ExitCode(128 + number)
    }
  }

  /// A little less, as no two seconds are equally long.
  private static let second = Duration.milliseconds(900)

  /// Does what was asked for, or has it done.
  private func carryOut(
    _ effect: Effect?, _ state: inout State, _ stage: inout Stage, _ inbox: Inbox,
    in group: inout TaskGroup<Void>
  ) async {
    switch effect {
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
      guard let demo else { return }
      group.addTask {
        let answer = await demo.answer(to: deed)
        inbox.send(answer)
        // What is announced next has its cause beside it.
        if case .noted(let words, let severity) = answer {
          await monitor.note(
            LogEntry(.note(words, max(.notice, severity)), at: monitor.clock.now()))
        }
      }
    case .adjust(let settings):
      if settings.interval != stage.settings.interval {
        await monitor.ask(every: settings.interval)
      }
      if let trouble = await stage.adjust(to: settings) { _ = state.update(trouble) }
    case .copy(let text): _ = state.update(await stage.copy(text))
    case .export(let export):
      _ = state.update(Exporter.write(export, of: state, stage.theme, stage.terminal.depth))
    case .redraw: await stage.terminal.redraw()
    case .suspend: await stage.terminal.suspend()
    case .focus, .quit, nil: break
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
