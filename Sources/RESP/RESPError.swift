/// Why bytes are no reply, and where.
public struct RESPError: Error, Hashable, Sendable {
  /// What is wrong.
  public var reason: Reason
  /// The place of the offending byte: bytes since the start of the conversation.
  public var offset: Int
  /// The offending byte; nil where no single byte is to blame: too early an end, too large a size.
  public var byte: UInt8?

  /// What can be wrong with bytes.
  public enum Reason: Hashable, Sendable {
    /// A reply begins with a byte that stands for no type.
    case unknownType
    /// A length, a count or a number has a byte that is no digit, or doesn't fit.
    case badNumber
    /// A boolean, a double, a null or a verbatim string is malformed.
    case badValue
    /// A line or a string doesn't end with CR LF.
    case missingLineEnd
    /// A length or a count below zero that stands for no null.
    case negativeLength
    /// A streamed string or aggregate, which no server sends to clients that don't ask.
    case streamed
    /// A push within another reply.
    case nestedPush
    /// More lists within lists than `RESPLimits.depth`.
    case tooDeep
    /// A string longer than `RESPLimits.length`.
    case tooLong
    /// More elements than `RESPLimits.count`.
    case tooMany
    /// A line longer than `RESPLimits.lineLength`.
    case lineTooLong
    /// The connection ended in the middle of a reply.
    case truncated
  }

  package init(_ reason: Reason, offset: Int, byte: UInt8? = nil) {
    self.reason = reason
    self.offset = offset
    self.byte = byte
  }
}

extension RESPError: CustomStringConvertible {
  /// What is wrong, and where.
  public var description: String {
    let what =
      switch reason {
      case .unknownType: "no reply begins with this byte"
      case .badNumber: "not a number"
      case .badValue: "a malformed value"
      case .missingLineEnd: "a line must end with CR LF here"
      case .negativeLength: "a negative length"
      case .streamed: "streamed replies are not supported"
      case .nestedPush: "a push within a reply"
      case .tooDeep: "too many lists within lists"
      case .tooLong: "the string is too long"
      case .tooMany: "the list is too long"
      case .lineTooLong: "the line is too long"
      case .truncated: "the reply is cut short"
      }
    guard let byte else { return "\(what), at byte \(offset)" }
    let hex = String(byte, radix: 16)
    let shown = (0x21...0x7e).contains(byte) ? " '\(Character(Unicode.Scalar(byte)))'" : ""
    return "\(what), at byte \(offset): 0x\(hex.count < 2 ? "0" : "")\(hex)\(shown)"
  }
}
