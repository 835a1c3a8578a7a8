import Foundation

/// One line of the table.
struct Row: Codable {
  var what: String
  var ours: String
  var peer: String
  var ratio: String
  var target: String
  /// Nil where there is no target.
  var isReached: Bool?
}

/// What a comparison gives: lines of the table, and the figures they were made from.
struct Finding {
  var rows: [Row]
  var figures: [String: [Figure]]
}

/// All that was measured in one run.
struct Report: Codable {
  var machine: Machine
  var rows: [Row] = []
  var figures: [String: [Figure]] = [:]

  init(machine: Machine) { self.machine = machine }

  mutating func take(_ finding: Finding) {
    rows += finding.rows
    figures.merge(finding.figures) { $1 }
  }

  /// The lines as a Markdown table, in columns.
  var table: String {
    let titles = ["what", "Sentop", "peer", "ratio", "target", "reached"]
    let cells =
      [titles, titles.map { _ in "" }]
      + rows.map { row in
        let isReached = row.isReached.map { $0 ? "yes" : "**no**" } ?? "–"
        return [row.what, row.ours, row.peer, row.ratio, row.target, isReached]
      }
    let widths = titles.indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
    let lines = cells.enumerated().map { index, cells in
      let padded = zip(cells, widths).map { cell, width in
        cell + String(repeating: index == 1 ? "-" : " ", count: width - cell.count)
      }
      return "| \(padded.joined(separator: " | ")) |"
    }
    return "\(machine.words)\n\n" + lines.joined(separator: "\n")
  }

  /// Writes everything into a file of its own, and gives its path.
  func save(in folder: String) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    let url = URL(filePath: folder)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    let name = machine.at.formatted(.iso8601).replacing(":", with: "")
    let file = url.appending(path: "\(name).json")
    try encoder.encode(self).write(to: file)
    return file.path
  }
}

/// Where and under which load it was measured.
struct Machine: Codable {
  var at: Date
  var processor: String
  var cores: Int
  var loadBefore: String
  var loadAfter = ""

  static func here() -> Machine {
    let processor =
      (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?
      .split(separator: "\n").first { $0.hasPrefix("model name") }?
      .split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) }
    return Machine(
      at: .now, processor: processor ?? "an unknown processor",
      cores: ProcessInfo.processInfo.activeProcessorCount, loadBefore: load())
  }

  /// The load average of the last minute.
  static func load() -> String {
    let text = try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8)
    return text?.split(separator: " ").first.map(String.init) ?? "?"
  }

  var words: String {
    "\(processor), \(cores) cores; load \(loadBefore) at the start, \(loadAfter) at the end"
  }
}
