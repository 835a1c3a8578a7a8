import SentinelInsight
import SentinelModel
import SentinelMonitor

/// Turns the event log, whose lines still grow, into lines that are printed once.
///
/// A line waits a little for further voices. A voice that comes after it was printed gets a line of
/// its own.
struct LogPrinter {
  /// How long a line waits for further voices.
  static let patience = Duration.milliseconds(300)

  /// Voices that were printed, for each line that may still get one.
  private var printed: [Int: Int] = [:]
  private var next = 0

  /// The lines that are due, in order.
  mutating func take(from snapshot: Snapshot, at now: Timestamp) -> [LogEntry] {
    var due: [LogEntry] = []
    let entries = snapshot.log.entries
    for (number, count) in printed.sorted(by: { $0.key < $1.key }) {
      guard let entry = entries[number: number] else {
        printed[number] = nil
        continue
      }
      if entry.sources.count > count {
        var late = entry
        late.sources = Array(entry.sources[count...])
        late.at = late.sources.first?.at ?? entry.at
        due.append(late)
        printed[number] = entry.sources.count
      } else if now.duration(since: entry.at) > EventLog.switchWindow {
        printed[number] = nil
      }
    }
    next = max(next, entries.dropped)
    while let entry = entries[number: next], now.duration(since: entry.at) >= Self.patience {
      due.append(entry)
      printed[next] = entry.sources.count
      next += 1
    }
    return due.sorted { $0.at < $1.at }
  }
}
