import Foundation
import RedisSentinel
import SentinelMonitor

/// The history of this machine's user, as long as a session lasts.
struct HistoryKeeper: Sendable {
  private let file: HistoryFile
  let history: History

  /// Reads what is there. A history that can't be read is no reason not to watch: it is said, and
  /// nothing is kept. Nil then.
  init?(environment: [String: String] = ProcessInfo.processInfo.environment) {
    file = HistoryFile(path: HistoryFile.defaultPath(environment))
    do {
      history = try History(file, run: UUID().uuidString)
    } catch {
      Console.say("The history \(file.path.printable) can't be read, so none is kept: \(error)")
      return nil
    }
  }

  /// Keeps what is still open, as it stands.
  func keepOpen(of monitor: Monitor) async {
    history.keepOpen(of: await monitor.snapshot, at: monitor.clock.now())
  }

  /// Waits for the disk, and says what went wrong with it.
  func finish() {
    if let trouble = file.finish() {
      Console.say("The history \(file.path.printable) can't be written: \(trouble)")
    }
  }
}
