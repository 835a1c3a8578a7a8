internal import Subprocess

/// A child process in a session of its own that doesn't outlive us, however we end.
///
/// Its standard input is a pipe of which we alone hold the other end. A shell waits for that pipe
/// to close: a signal at our death wouldn't do, it follows the thread that started the child.
struct Keeper: Sendable {
  /// What is learnt from a child; what it said comes in the order in which it said it.
  enum Sign: Sendable, Equatable {
    case started(pid: Int32)
    case said(String)
    case sent(Signal)
    /// It has been waited for, and so has everything it printed. Nothing comes after this.
    case ended(LabNode.End)
  }

  /// What can be asked of a child.
  enum Signal: Sendable { case terminate, freeze, thaw }

  private enum Order { case signal(Signal), killGroup }

  private let orders: AsyncStream<Order>.Continuation
  private let life: Task<Void, Never>

  /// Runs a shell script; everything the child does and says goes to `heard`.
  init(
    script: String, arguments: [String], heard: @escaping @Sendable (Sign) async -> Void
  ) {
    let (orders, continuation) = AsyncStream<Order>.makeStream()
    self.orders = continuation
    // A task of its own, so that whoever is cancelled can still close in good order.
    life = Task {
      let end = await Self.live(script, arguments, orders: orders, heard: heard)
      await heard(.ended(end))
    }
  }

  /// Sends the child a signal, or nothing if it has ended.
  func send(_ signal: Signal) { orders.yield(.signal(signal)) }

  /// Kills the child and all that it started.
  func kill() { orders.yield(.killGroup) }

  /// Closes the pipe, which ends the child.
  func letGo() { orders.finish() }

  /// Returns when the child has been waited for, also in a cancelled task.
  func ended() async { await life.value }

  private static func live(
    _ script: String, _ arguments: [String], orders: AsyncStream<Order>,
    heard: @escaping @Sendable (Sign) async -> Void
  ) async -> LabNode.End {
    var options = PlatformOptions()
    // Neither Ctrl-C nor the end of our terminal concerns it.
    options.createSession = true
    do {
      let result = try await run(
        .name("sh"), arguments: Arguments(["-c", script, "sentop-keeper"] + arguments),
        platformOptions: options, input: .inputWriter, output: .sequence, error: .discarded
      ) { child in
        await heard(.started(pid: child.processIdentifier.value))
        await withTaskGroup { group in
          group.addTask {
            for await order in orders {
              switch order {
              case .signal(let signal):
                if (try? child.send(signal: signal.number)) != nil { await heard(.sent(signal)) }
              case .killGroup: try? child.send(signal: .kill, toProcessGroup: true)
              }
            }
            try? await child.standardInputWriter.finish()
          }
          // Ends when the child does: this is how its death is noticed.
          do {
            for try await line in child.standardOutput.strings() { await heard(.said(line)) }
          } catch {
            await heard(.said("(\(error))"))
          }
          group.cancelAll()
        }
        // The child is not reaped yet, so its group's number can't be anybody else's.
        try? child.send(signal: .kill, toProcessGroup: true)
      }
      return LabNode.End(result.terminationStatus)
    } catch {
      return .failed("\(error)")
    }
  }
}

extension Keeper.Signal {
  fileprivate var number: Subprocess.Signal {
    switch self {
    case .terminate: .terminate
    case .freeze: .suspend
    case .thaw: .resume
    }
  }
}

extension LabNode.End {
  fileprivate init(_ status: TerminationStatus) {
    self =
      switch status {
      case .exited(let code): .exited(code)
      case .signaled(let signal): .signaled(signal)
      }
  }
}

extension Keeper {
  /// Becomes the server in `$@`, with a shell beside it that kills the whole group, a frozen
  /// server too, when the pipe closes. Group 0 is one's own: no number that could be reused.
  static let server = """
    umask 077
    exec 3<&0 </dev/null 2>&1
    (
      exec >/dev/null 2>&1
      trap '' HUP INT TERM
      while read -r _ <&3; do :; done
      kill -s KILL 0
    ) &
    exec "$@" 3<&-
    """

  /// Makes a directory under `$1`, says its path, and removes it when the pipe closes.
  static let directory = """
    umask 077
    trap '' HUP INT TERM PIPE
    directory=$(mktemp -d "$1/sentop-lab.XXXXXX") || exit 1
    echo "$directory"
    while read -r _; do :; done
    for pause in 0.05 0.2 1; do
      rm -rf -- "$directory" 2>/dev/null && exit 0
      sleep "$pause"
    done
    exit 1
    """
}
