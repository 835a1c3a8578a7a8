/// What became of a text that was to be copied to the clipboard.
package enum CopyOutcome: Hashable, Sendable, CustomStringConvertible {
  /// It was sent. Whether the terminal takes it is not said to us.
  case sent(bytes: Int)
  case tooLong(bytes: Int, limit: Int)
  /// This kind of terminal has no way to the clipboard.
  case impossible(terminal: String)

  package var description: String {
    switch self {
    case .sent(let bytes): "\(bytes) bytes sent to the clipboard"
    case .tooLong(let bytes, let limit):
      "not copied: \(bytes) bytes are more than the \(limit) that terminals take"
    case .impossible(let terminal):
      "not copied: the terminal “\(terminal)” has no way to the clipboard"
    }
  }
}
