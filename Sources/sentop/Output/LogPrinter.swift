import SentinelInsight
import SentinelModel
import SentinelMonitor

/// Turns the event log, whose lines still grow, into lines that are printed once.
///
/// A line waits a little for further voices. A voice that comes after it was printed gets a line of
/// its own. What goes on repeating itself is printed again now and then, with the count.
struct LogPrinter {
  /// How long a line waits for further voices.
  static let patience = Duration.milliseconds(300)

  /// What repeats itself is printed again after so long.
  static let repeatPause = Duration.seconds(15)

  /// What was printed of each line that may still grow.
  private var printed: [Int: Printed] = [:]

  fileprivate struct Printed {
    var voices: Int
    var repeats: Int
    var at: Timestamp
  }

  private var next = 0

  /// The lines that are due, in order.
  mutating func take(from snapshot: Snapshot, at now: Timestamp) -> [LogEntry] {
    var due: [LogEntry] = []
    let entries = snapshot.log.entries
    for (number, known) in printed.sorted(by: { $0.key < $1.key }) {
      guard let entry = entries[number: number] else {
        printed[number] = nil
        continue
      }
      if entry.sources.count > known.voices {
        var late = entry
        late.sources = Array(entry.sources[known.voices...])
        late.at = late.sources.first?.at ?? entry.at
        due.append(late)
        printed[number] = Printed(entry, at: now)
      } else if entry.repeats > known.repeats {
        guard now.duration(since: known.at) >= Self.repeatPause else { continue }
        var again = entry
        again.at = entry.sources.map(\.at).max() ?? entry.at
        due.append(again)
        printed[number] = Printed(entry, at: now)
      } else if now.duration(since: max(entry.at, known.at)) > EventLog.switchWindow {
        printed[number] = nil
      }
    }
    next = max(next, entries.dropped)
    while let entry = entries[number: next], now.duration(since: entry.at) >= Self.patience {
      due.append(entry)
      printed[next] = Printed(entry, at: now)
      next += 1
    }
    return due.sorted { $0.at < $1.at }
  }
}

extension LogPrinter.Printed {
  fileprivate init(_ entry: LogEntry, at moment: Timestamp) {
    self.init(voices: entry.sources.count, repeats: entry.repeats, at: moment)
  }
}
