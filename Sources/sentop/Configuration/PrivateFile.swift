import Foundation

/// Writes a file that only its owner may read, whole or not at all.
enum PrivateFile {
  /// Writes the text, and makes the folder for it where there is none.
  static func write(_ text: String, to path: String) throws {
    // A link stays one.
    let path = URL(filePath: path).resolvingSymlinksInPath().path
    let folder = URL(filePath: path).deletingLastPathComponent().path
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw Trouble("the folder \(folder) can't be made: \(error.localizedDescription)")
    }
    let draft = "\(path).\(UUID().uuidString)"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw Trouble("\(draft) can't be written: \(String(cString: strerror(errno)))")
    }
    do {
      let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
      try file.write(contentsOf: Data(text.utf8))
      try file.synchronize()
      try file.close()
      guard rename(draft, path) == 0 else {
        throw Trouble("\(path) can't be written: \(String(cString: strerror(errno)))")
      }
    } catch {
      unlink(draft)
      throw error
    }
  }
}
