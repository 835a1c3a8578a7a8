/// Why a file is no theme, in one sentence.
package struct ThemeError: Error, CustomStringConvertible {
  package let description: String
  /// The keys that lead to what is wrong.
  package let path: [any CodingKey]

  /// Makes a sentence of what a decoder threw. `nil` if it is no error of decoding.
  package init?(_ error: any Error) {
    switch error {
    case let error as ThemeError: self = error
    case DecodingError.keyNotFound(let key, let context):
      description = "“\(key.stringValue)” is missing"
      path = context.codingPath
    case DecodingError.dataCorrupted(let context):
      path = context.codingPath
      description = context.underlyingError.map { "\($0)" } ?? context.debugDescription
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
      path = context.codingPath
      let place = path.map(\.stringValue).joined(separator: ".")
      description = (place.isEmpty ? "the file" : place) + " has the wrong type"
    default: return nil
    }
  }

  static func decoding(
    _ text: String, at container: KeyedDecodingContainer<some CodingKey>, _ key: any CodingKey
  ) -> DecodingError {
    .dataCorrupted(
      DecodingError.Context(codingPath: container.codingPath + [key], debugDescription: text))
  }

  /// Turns whatever goes wrong in there into an error with that text.
  static func explaining<Value>(
    _ text: String, in container: KeyedDecodingContainer<some CodingKey>, _ key: any CodingKey,
    _ body: () throws -> Value
  ) throws -> Value {
    do { return try body() } catch { throw decoding(text, at: container, key) }
  }

  /// “; did you mean …?” where a known role begins alike.
  static func nearest(to name: String) -> String {
    let alike = Role.allCases.filter { $0.rawValue.hasPrefix(name.prefix(2)) }.map(\.rawValue)
    return alike.isEmpty ? "" : "; did you mean " + alike.joined(separator: " or ") + "?"
  }
}
