/// One reply of a server, or one message that it pushed.
public enum RESPValue: Hashable, Sendable {
  /// A short text: `+OK`.
  case simpleString(RESPBytes)
  /// A string of any bytes.
  case bulkString(RESPBytes)
  /// A string whose first three letters name its format, which is left out here.
  case verbatimString(RESPBytes)
  /// The server refuses or fails: `-ERR …`, in RESP3 also `!…`.
  case error(RESPBytes)
  /// A whole number of 64 bits.
  case integer(Int64)
  /// A floating-point number.
  case double(Double)
  /// Yes or no.
  case boolean(Bool)
  /// A whole number of any size, as its decimal digits.
  case bigNumber(RESPBytes)
  /// Nothing: RESP3's null, RESP2's null string and null array.
  case null
  /// A list.
  case array([RESPValue])
  /// A list in which nothing stands twice, in no order.
  case set([RESPValue])
  /// Keys and values in turn, in the order they were sent: always an even number.
  case map([RESPValue])
  /// A message that answers no command.
  case push([RESPValue])
}

extension RESPValue {
  /// The bytes of any kind of string, errors excluded.
  public var bytes: RESPBytes? {
    switch self {
    case .simpleString(let bytes), .bulkString(let bytes), .verbatimString(let bytes),
      .bigNumber(let bytes):
      bytes
    default: nil
    }
  }

  /// The text of any kind of string, with what is no UTF-8 replaced; of a number, its digits.
  public var text: String? {
    if case .integer(let number) = self { return String(number) }
    return bytes?.text
  }

  /// A number, or the number that a string spells.
  public var integer: Int64? {
    if case .integer(let number) = self { return number }
    return bytes?.integer
  }

  /// The elements of a list, a set, a push, or a map, whose keys and values stand in turn.
  public var elements: [RESPValue]? {
    switch self {
    case .array(let elements), .set(let elements), .map(let elements), .push(let elements):
      elements
    default: nil
    }
  }

  /// The text of an error.
  public var errorText: String? {
    if case .error(let bytes) = self { bytes.text } else { nil }
  }

  /// What kind of reply it is, for messages about an unexpected one.
  public var kind: String {
    switch self {
    case .simpleString: "a simple string"
    case .bulkString: "a string"
    case .verbatimString: "a verbatim string"
    case .error: "an error"
    case .integer: "an integer"
    case .double: "a double"
    case .boolean: "a boolean"
    case .bigNumber: "a big number"
    case .null: "nothing"
    case .array: "a list"
    case .set: "a set"
    case .map: "a map"
    case .push: "a push"
    }
  }
}
