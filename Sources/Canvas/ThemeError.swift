/// Why a file is no theme, in one sentence.
package struct ThemeError: Error, CustomStringConvertible {
  package let description: String

  /// Makes a sentence of what a decoder threw. `nil` if it is no error of decoding.
  package init?(_ error: any Error) {
    switch error {
    case let error as ThemeError: self = error
    case DecodingError.keyNotFound(let key, _): description = "“\(key.stringValue)” is missing"
    case DecodingError.dataCorrupted(let context):
      description = context.underlyingError.map { "\($0)" } ?? context.debugDescription
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
      let path = context.codingPath.map(\.stringValue).joined(separator: ".")
      description = (path.isEmpty ? "the file" : path) + " has the wrong type"
    default: return nil
    }
  }

  static func decoding(
    _ text: String, at container: KeyedDecodingContainer<some CodingKey>
  ) -> DecodingError {
    .dataCorrupted(DecodingError.Context(codingPath: container.codingPath, debugDescription: text))
  }

  /// Turns whatever goes wrong in there into an error with that text.
  static func explaining<Value>(
    _ text: String, in container: KeyedDecodingContainer<some CodingKey>,
    _ body: () throws -> Value
  ) throws -> Value {
    do { return try body() } catch { throw decoding(text, at: container) }
  }

  /// “; did you mean …?” where a known role begins alike.
  static func nearest(to name: String) -> String {
    let alike = Role.allCases.filter { $0.rawValue.hasPrefix(name.prefix(2)) }.map(\.rawValue)
    return alike.isEmpty ? "" : "; did you mean " + alike.joined(separator: " or ") + "?"
  }
}
