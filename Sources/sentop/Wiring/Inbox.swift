import Canvas
import Curses
import Dashboard
import Dispatch
import Foundation
import RedisSentinel
import SentinelInsight
import SentinelModel
import SentinelMonitor

/// Everything that happens, in one stream: keys, sizes, time, news, outcomes, signals.
struct Inbox: Sendable {
  /// What comes out of the stream.
  enum Input: Sendable {
    case message(Message)
    /// News, and the time at which they came: drawn together.
    case news(Snapshot, at: Timestamp)
    /// A signal asks the program to end.
    case signal(Int32)
    /// The terminal is gone.
    case hangUp
  }

  /// Frames that news ask for are at least so far apart; keys are drawn at once.
  private static let shortestPause = Duration.milliseconds(8)

  let inputs: AsyncStream<Input>
  private let continuation: AsyncStream<Input>.Continuation
  private let monitor: Monitor

  init(_ monitor: Monitor) {
    self.monitor = monitor
    (inputs, continuation) = AsyncStream.makeStream()
  }

  /// Takes what comes from the terminal. A key has the time at which it was read: whatever is drawn
  /// later, whoever pressed it hadn't seen.
  func hear(_ input: Terminal.Input) {
    switch input {
    case .key(let key): send(.key(key, at: monitor.clock.now()))
    case .resized(let size): send(.resized(size))
    case .gone: continuation.yield(.hangUp)
    }
  }

  func send(_ message: Message) {
    continuation.yield(.message(message))
  }

  /// Gathers what happens elsewhere until the task is cancelled.
  func gather() async {
    let signals = [SIGINT, SIGTERM, SIGHUP].map(listen)
    defer { for signal in signals { signal.cancel() } }
    await withDiscardingTaskGroup { group in
      group.addTask {
        for await _ in monitor.changes {
          let snapshot = await monitor.snapshot
          continuation.yield(.news(snapshot, at: monitor.clock.now()))
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
