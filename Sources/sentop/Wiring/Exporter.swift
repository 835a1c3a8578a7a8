import Canvas
import Dashboard
import Foundation
import SentinelInsight
import SentinelModel

/// Writes what was exported into the folder that the program was started in.
enum Exporter {
  /// Writes the file, and says where it is or why it isn't.
  static func write(
    _ export: Export, of state: State, _ theme: Theme, _ depth: ColorDepth,
    in folder: String = FileManager.default.currentDirectoryPath
  ) -> Message {
    let document = state.document(export, theme, depth)
    let moment = Date(timeIntervalSince1970: Double(state.now.milliseconds) / 1_000)
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.dateFormat = "yyyyMMdd-HHmmss"
    let stem = "sentop-\(export.subject)-\(formatter.string(from: moment))"
    for number in 1...99 {
      let suffix = number == 1 ? "" : "-\(number)"
      let path = "\(folder)/\(stem)\(suffix).\(export.form.fileExtension)"
      do {
        // What is there already stays as it is.
        try Data(document.utf8).write(
          to: URL(filePath: path), options: [.withoutOverwriting])
        return .noted("Written to \(path)", .notice)
      } catch let error as CocoaError where error.code == .fileWriteFileExists {
        continue
      } catch {
        return .noted("\(path) can't be written: \(error.localizedDescription)", .warning)
      }
    }
    return .noted("There are too many exports of this second in \(folder).", .warning)
  }
}
