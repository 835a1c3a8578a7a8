import Foundation

/// A temporary folder of a test's own, gone when the test is over.
struct Folder: Sendable {
  let path: String

  /// Makes a folder, lends it, and removes it with all that is in it.
  static func open<Result>(_ body: (Folder) async throws -> Result) async throws -> Result {
    let path = FileManager.default.temporaryDirectory.appending(path: "sentop-\(UUID())").path
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try await body(Folder(path: path))
  }

  /// Makes a folder in it, with those above.
  func make(_ subfolder: String) throws {
    try FileManager.default.createDirectory(
      atPath: "\(path)/\(subfolder)", withIntermediateDirectories: true)
  }

  /// Writes a file and gives its path.
  func file(_ name: String, _ text: String) throws -> String {
    let path = "\(path)/\(name)"
    try Data(text.utf8).write(to: URL(filePath: path))
    return path
  }

  /// The text of a file; nil where there is none.
  func text(_ name: String) -> String? {
    FileManager.default.contents(atPath: "\(path)/\(name)").map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  /// What is in the folder, or in one below it.
  func names(in subfolder: String = "") -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(subfolder)")) ?? []
  }
}
