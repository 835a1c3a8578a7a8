package import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Compares a text with `Tests/TARGET/Goldens/NAME.txt`, where TARGET is the caller's.
///
/// With `RECORD_GOLDEN=1` in the environment it writes the file instead.
package func expectGolden(
  _ text: String, _ name: String, filePath: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let file = goldens(of: filePath).appending(path: "\(name).txt")
  if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data("\(text)\n".utf8).write(to: file)
    return
  }
  guard let data = try? Data(contentsOf: file) else {
    Issue.record(
      "no golden \(file.path); RECORD_GOLDEN=1 writes it", sourceLocation: sourceLocation)
    return
  }
  let golden = String(decoding: data, as: UTF8.self)
  guard golden != "\(text)\n" else { return }
  Issue.record(
    "differs from the golden \(name) (- golden, + now):\n\(lineDifference(golden, "\(text)\n"))",
    sourceLocation: sourceLocation)
}

/// The folder `Goldens` of the test target to which a file belongs.
func goldens(of filePath: String) -> URL {
  var folder = URL(filePath: filePath).deletingLastPathComponent()
  while folder.deletingLastPathComponent().lastPathComponent != "Tests", folder.path != "/" {
    folder = folder.deletingLastPathComponent()
  }
  return folder.appending(path: "Goldens")
}

/// What was taken out and put in, line by line, with the numbers of the lines.
package func lineDifference(_ old: String, _ new: String) -> String {
  let old = old.split(separator: "\n", omittingEmptySubsequences: false)
  let new = new.split(separator: "\n", omittingEmptySubsequences: false)
  return new.difference(from: old)
    .map { change -> (line: Int, text: String) in
      switch change {
      case .remove(let offset, let line, _): (offset, "-\(offset + 1) |\(line)|")
      case .insert(let offset, let line, _): (offset, "+\(offset + 1) |\(line)|")
      }
    }
    .sorted { ($0.line, $1.text) < ($1.line, $0.text) }
    .map(\.text).joined(separator: "\n")
}
