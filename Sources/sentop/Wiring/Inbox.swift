import Canvas
import Curses
import Dashboard
import Dispatch
import Foundation
import RedisSentinel
import SentinelMonitor

/// Everything that happens, in one stream: keys, sizes, time, news, outcomes, signals.
struct Inbox: Sendable {
  /// What comes out of the stream.
  enum Input: Sendable {
    case message(Message)
    /// A signal asks the program to end.
    case signal(Int32)
    /// The terminal is gone.
    case hangUp
  }

  /// Frames that news ask for are at least so far apart; keys are drawn at once.
  private static let shortestPause = Duration.milliseconds(8)

  let inputs: AsyncStream<Input>
  private let continuation: AsyncStream<Input>.Continuation

  init() {
    (inputs, continuation) = AsyncStream.makeStream()
  }

  func send(_ message: Message) {
    continuation.yield(.message(message))
  }

  /// Gathers what happens until the task is cancelled.
  func gather(from terminal: Terminal, _ monitor: Monitor) async {
    let signals = [SIGINT, SIGTERM, SIGHUP].map(listen)
    defer { for signal in signals { signal.cancel() } }
    await withDiscardingTaskGroup { group in
      group.addTask {
        for await key in terminal.keys { send(.key(key, at: monitor.clock.now())) }
        continuation.yield(.hangUp)
      }
      group.addTask {
        for await size in terminal.sizes { send(.resized(size)) }
      }
      group.addTask {
        for await _ in monitor.changes {
          let snapshot = await monitor.snapshot
          send(.observed(snapshot))
          do { try await Task.sleep(for: Self.shortestPause) } catch { return }
        }
      }
      group.addTask {
        while !Task.isCancelled {
          send(.ticked(monitor.clock.now()))
          do { try await Task.sleep(for: .seconds(1)) } catch { return }
        }
      }
    }
  }

  private func listen(to number: Int32) -> any DispatchSourceSignal {
    // The default action would end the program before the terminal is given back.
    signal(number, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
    source.setEventHandler { continuation.yield(.signal(number)) }
    source.resume()
    return source
  }
}
