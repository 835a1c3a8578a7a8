package import SentinelModel

extension ServiceName {
  /// The name as it is shown: in quotes where nothing could be seen of it.
  package var shown: String {
    rawValue.allSatisfy(\.isWhitespace) ? "\"\(rawValue)\"" : rawValue
  }
}
