import Logging
import Synchronization

/// Keeps what is logged.
final class LogLines: Sendable {
  struct Line: Sendable {
    var level: Logger.Level
    var message: String
    var metadata: Logger.Metadata
  }

  private let kept = Mutex<[Line]>([])

  var all: [Line] { kept.withLock(\.self) }

  /// A logger that writes here, whatever the level.
  var logger: Logger {
    var logger = Logger(label: "test") { _ in Handler(lines: self) }
    logger.logLevel = .trace
    return logger
  }

  private struct Handler: LogHandler {
    let lines: LogLines
    var logLevel = Logger.Level.trace
    var metadata = Logger.Metadata()

    init(lines: LogLines) { self.lines = lines }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      lines.kept.withLock {
        $0.append(
          Line(
            level: event.level, message: event.message.description, metadata: event.metadata ?? [:]
          ))
      }
    }
  }
}
