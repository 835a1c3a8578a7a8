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
    return try escaped(String(decoding: encoder.encode(value), as: UTF8.self))
  }

  /// JSON needs only the first 32 escaped; a terminal obeys other control characters, too.
  private static func escaped(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isControl) else { return text }
    return text.unicodeScalars.reduce(into: "") { escaped, scalar in
      if isControl(scalar) {
        escaped += "\\u00" + String(scalar.value, radix: 16)
      } else {
        escaped.unicodeScalars.append(scalar)
      }
    }
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    (0x7F...0x9F).contains(scalar.value)
  }
}

extension Timestamp {
  /// The second it lies in. Fractions are told apart, since a `Date` rounds them.
  var wholeSecond: Date {
    Date(timeIntervalSince1970: (Double(milliseconds) / 1_000).rounded(.down))
  }

  /// The three digits behind the second.
  var thousandths: String {
    let rest = ((milliseconds % 1_000) + 1_000) % 1_000
    return String(String(rest + 1_000).dropFirst())
  }
}

extension Duration {
  /// Milliseconds, with the microseconds behind the point.
  var asMilliseconds: Double { Double(inMicroseconds) / 1_000 }
}
