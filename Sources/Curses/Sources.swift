internal import Dispatch

/// What wakes the terminal from outside: bytes on standard input, and signals.
struct Sources {
  let keyboard: Keyboard
  let signals: [any DispatchSourceSignal]

  /// Listens to a signal until cancelled.
  static func signal(
    _ number: Int32, _ body: @escaping @Sendable () async -> Void
  ) -> any DispatchSourceSignal {
    let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
    source.setEventHandler { Task { await body() } }
    source.resume()
    return source
  }

  func cancel() {
    keyboard.stop()
    for signal in signals { signal.cancel() }
  }
}
