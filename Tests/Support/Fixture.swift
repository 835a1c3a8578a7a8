import NIOCore
package import RESP

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What was recorded from real servers: the files in `Tests/Fixtures`, by their path there.
package enum Fixture {
  /// A file as it is.
  package static func bytes(_ path: String) throws -> [UInt8] {
    try Array(Data(contentsOf: folder.appending(path: path)))
  }

  /// A file as text.
  package static func text(_ path: String) throws -> String {
    String(decoding: try bytes(path), as: UTF8.self)
  }

  /// All paths in a folder and below it that end so, in alphabetical order.
  package static func paths(in subfolder: String = "", suffix: String) throws -> [String] {
    let root = subfolder.isEmpty ? folder : folder.appending(path: subfolder)
    return try FileManager.default.subpathsOfDirectory(atPath: root.path)
      .filter { $0.hasSuffix(suffix) }.sorted()
      .map { subfolder.isEmpty ? $0 : "\(subfolder)/\($0)" }
  }

  /// All replies and pushes of a `.resp` file.
  package static func replies(_ path: String) throws -> [RESPValue] {
    var buffer = ByteBuffer(bytes: try bytes(path))
    var parser = RESPParser()
    var values: [RESPValue] = []
    while let value = try parser.next(in: &buffer) { values.append(value) }
    guard buffer.readableBytes == 0, parser.isBetweenReplies else {
      throw parser.truncated(buffer)
    }
    return values
  }

  /// The one reply of a file: `masters.resp3` in `replies`, or a whole path without `.resp`.
  package static func reply(_ name: String) throws -> RESPValue {
    let path = name.contains("/") ? "\(name).resp" : "replies/\(name).resp"
    let values = try replies(path)
    guard let value = values.first, values.count == 1 else { throw NotOneReply(path: path) }
    return value
  }

  /// The text of the one reply of a file.
  package static func replyText(_ name: String) throws -> String {
    try reply(name).text ?? ""
  }

  /// The messages of `events/NAME.events.txt`, or of a whole path without `.events.txt`.
  package static func events(_ name: String) throws -> [RecordedEvent] {
    let path = name.contains("/") ? name : "events/\(name)"
    return try text("\(path).events.txt").split(separator: "\n").compactMap(RecordedEvent.init)
  }

  /// The names of all recordings of events, fit for `events(_:)`.
  package static func eventNames() throws -> [String] {
    let suffix = ".events.txt"
    return try paths(suffix: suffix).map { String($0.dropLast(suffix.count)) }
  }

  struct NotOneReply: Error {
    var path: String
  }

  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures")
}

/// One message of a recording: when, from whom, and what.
package struct RecordedEvent: Sendable {
  /// Milliseconds since 1970.
  package var milliseconds: Int64
  /// The port of the Sentinel that published it.
  package var port: Int
  package var channel: String
  package var payload: String

  /// Reads `epoch-ms port channel payload`; nil for comments.
  init?(_ line: Substring) {
    let parts = line.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false)
    guard parts.count == 4, let milliseconds = Int64(parts[0]), let port = Int(parts[1]) else {
      return nil
    }
    self.milliseconds = milliseconds
    self.port = port
    self.channel = String(parts[2])
    self.payload = String(parts[3])
  }
}
