import Foundation
import SentinelModel

/// How values become JSON: durations in milliseconds, moments as ISO 8601 in UTC.
enum JSONOutput {
  /// The version of every shape that is printed.
  static let schema = 1

  /// A document for people and programs alike.
  static func document(_ value: some Encodable) throws -> String {
    try encode(value, [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
  }

  /// One object on one line, for streams.
  static func line(_ value: some Encodable) throws -> String {
    try encode(value, [.sortedKeys, .withoutEscapingSlashes])
  }

  private static func encode(
    _ value: some Encodable, _ formatting: JSONEncoder.OutputFormatting
  ) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = formatting
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}

extension Timestamp {
  /// `2026-01-31T12:04:28.123Z`.
  var iso8601: String {
    let date = Date(timeIntervalSince1970: Double(milliseconds) / 1_000)
    return date.formatted(.iso8601.year().month().day().time(includingFractionalSeconds: true))
      + "Z"
  }
}

extension Duration {
  /// Milliseconds, with the microseconds behind the point.
  var asMilliseconds: Double { Double(inMicroseconds) / 1_000 }
}
