/// What a reply can be read as: text, bytes, numbers, and lists, sets, dictionaries and optionals of
/// such.
///
/// Reads the shapes of RESP2 and RESP3 alike, and never guesses: what doesn't fit is refused.
public protocol RESPDecodable: Sendable {
  /// Reads a reply.
  ///
  /// - Throws: where the reply is of another kind, or holds what the type can't.
  init(resp value: RESPValue) throws(RESPMismatch)

  /// Reads a list of values; a type that comes in another shape when there are several of it says
  /// so here, as bytes do, which come as a string.
  ///
  /// - Throws: where the reply is no such list, or one of its elements doesn't fit.
  static func list(resp value: RESPValue) throws(RESPMismatch) -> [Self]
}

/// Why a reply isn't what was wanted: what came, what was wanted, and where.
public struct RESPMismatch: Error, Hashable, Sendable {
  /// What was wanted: "an integer".
  public var wanted: String
  /// What came: "a list".
  public var found: String
  /// The way to it: the place of the element in the list, within that element the next, and so on.
  public var path: [Int]

  /// A mismatch by its parts.
  public init(wanted: String, found: String, path: [Int] = []) {
    self.wanted = wanted
    self.found = found
    self.path = path
  }

  /// A reply of another kind.
  public init(wanted: String, found value: RESPValue) {
    let found = value.errorText.map { "an error (\($0))" } ?? value.kind
    self.init(wanted: wanted, found: found)
  }

  /// The same, met in an element of a list.
  public func inElement(_ index: Int) -> RESPMismatch {
    RESPMismatch(wanted: wanted, found: found, path: [index] + path)
  }
}

extension RESPMismatch: CustomStringConvertible {
  /// What came and what was wanted.
  public var description: String {
    let place = path.map { "element \($0 + 1)" }.joined(separator: ", ")
    return "\(found) came where \(wanted) was wanted" + (place.isEmpty ? "" : ", in \(place)")
  }
}

extension RESPDecodable {
  /// Reads each element of a list, a set or a push.
  public static func list(resp value: RESPValue) throws(RESPMismatch) -> [Self] {
    let elements: [RESPValue]
    switch value {
    case .array(let list), .set(let list), .push(let list): elements = list
    default: throw RESPMismatch(wanted: "a list", found: value)
    }
    var list: [Self] = []
    list.reserveCapacity(elements.count)
    for index in elements.indices { list.append(try Self(element: index, of: elements)) }
    return list
  }

  /// Reads one element of a list, whose place an error then names.
  fileprivate init(element index: Int, of elements: [RESPValue]) throws(RESPMismatch) {
    do throws(RESPMismatch) {
      try self.init(resp: elements[index])
    } catch {
      throw error.inElement(index)
    }
  }
}

extension RESPValue: RESPDecodable {
  /// The reply as it is.
  public init(resp value: RESPValue) {
    self = value
  }
}

extension RESPBytes: RESPDecodable {
  /// The bytes of any kind of string.
  public init(resp value: RESPValue) throws(RESPMismatch) {
    guard let bytes = value.bytes else { throw RESPMismatch(wanted: "a string", found: value) }
    self = bytes
  }
}

/// Replies that are text.
extension String: RESPDecodable {
  /// The text of any kind of string; what is no UTF-8 is refused.
  public init(resp value: RESPValue) throws(RESPMismatch) {
    guard let text = try RESPBytes(resp: value).validText else {
      throw RESPMismatch(wanted: "text", found: "a string that is no UTF-8")
    }
    self = text
  }
}

extension RESPDecodable where Self: FixedWidthInteger {
  /// A whole number, or the one that a string spells; one that doesn't fit is refused.
  public init(resp value: RESPValue) throws(RESPMismatch) {
    let wanted = Self.isSigned ? "an integer" : "an unsigned integer"
    switch value {
    case .integer(let number):
      guard let fitting = Self(exactly: number) else {
        throw RESPMismatch(wanted: "\(wanted) of \(Self.bitWidth) bits", found: "\(number)")
      }
      self = fitting
    case .bulkString(let bytes), .simpleString(let bytes), .verbatimString(let bytes),
      .bigNumber(let bytes):
      guard let number = Self(bytes.text) else {
        throw RESPMismatch(
          wanted: "\(wanted) of \(Self.bitWidth) bits", found: "a string that spells none")
      }
      self = number
    default:
      throw RESPMismatch(wanted: wanted, found: value)
    }
  }
}

/// Replies that are whole numbers, or spell one.
extension Int: RESPDecodable {}
/// Replies that are whole numbers, or spell one.
extension Int64: RESPDecodable {}
/// Replies that are whole numbers, or spell one.
extension UInt: RESPDecodable {}
/// Replies that are whole numbers, or spell one.
extension UInt64: RESPDecodable {}

/// Replies that are whole numbers, or spell one. Several are bytes.
extension UInt8: RESPDecodable {
  /// The bytes of a string: `[UInt8]` is one string, no list of numbers.
  public static func list(resp value: RESPValue) throws(RESPMismatch) -> [UInt8] {
    try RESPBytes(resp: value).bytes
  }
}

/// Replies that are numbers, or spell one.
extension Double: RESPDecodable {
  /// A number of either kind, or the one that a string spells, `inf`, `-inf` and `nan` among them.
  public init(resp value: RESPValue) throws(RESPMismatch) {
    switch value {
    case .double(let number): self = number
    case .integer(let number): self = Double(number)
    default:
      guard let text = value.bytes?.text else {
        throw RESPMismatch(wanted: "a number", found: value)
      }
      switch text {
      case "inf", "+inf": self = .infinity
      case "-inf": self = -.infinity
      case "nan", "-nan": self = .nan
      default:
        // Swift's own reading also takes hexadecimal, which no server means.
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }),
          let number = Double(text), number.isFinite
        else { throw RESPMismatch(wanted: "a number", found: "a string that spells none") }
        self = number
      }
    }
  }
}

/// Replies that say yes or no.
extension Bool: RESPDecodable {
  /// A boolean, 1 or 0, or a plain OK, which means yes.
  public init(resp value: RESPValue) throws(RESPMismatch) {
    switch value {
    case .boolean(let isTrue): self = isTrue
    case .integer(0): self = false
    case .integer(1), .simpleString("OK"): self = true
    default: throw RESPMismatch(wanted: "yes or no", found: value)
    }
  }
}

/// Replies that may be null.
extension Optional: RESPDecodable where Wrapped: RESPDecodable {
  /// Nil for a null, else the value.
  public init(resp value: RESPValue) throws(RESPMismatch) {
    self = value == .null ? nil : .some(try Wrapped(resp: value))
  }
}

/// Replies that are lists.
extension Array: RESPDecodable where Element: RESPDecodable {
  /// A list; of `UInt8`, the bytes of a string.
  public init(resp value: RESPValue) throws(RESPMismatch) {
    self = try Element.list(resp: value)
  }
}

/// Replies that are sets, or lists.
extension Set: RESPDecodable where Element: RESPDecodable {
  /// A set, or a list.
  public init(resp value: RESPValue) throws(RESPMismatch) {
    self = Set(try Element.list(resp: value))
  }
}

/// Two values that belong together: a field and its value, a member and its score.
public struct RESPPair<First: RESPDecodable, Second: RESPDecodable>: RESPDecodable {
  /// The one.
  public var first: First
  /// The other.
  public var second: Second

  /// A pair of two values.
  public init(_ first: First, _ second: Second) {
    self.first = first
    self.second = second
  }

  /// A list of two.
  public init(resp value: RESPValue) throws(RESPMismatch) {
    guard let elements = value.elements else { throw RESPMismatch(wanted: "a pair", found: value) }
    guard elements.count == 2 else {
      throw RESPMismatch(wanted: "a pair", found: "a list of \(elements.count)")
    }
    try self.init(elements, at: 0)
  }

  /// A map, a list of pairs as RESP3 has it, or a list of firsts and seconds in turn as RESP2 has it.
  public static func list(resp value: RESPValue) throws(RESPMismatch) -> [Self] {
    guard let elements = value.elements else {
      throw RESPMismatch(wanted: "a list of pairs", found: value)
    }
    var pairs: [Self] = []
    if case .array(let first) = elements.first, first.count == 2, !value.isMap {
      pairs.reserveCapacity(elements.count)
      for index in elements.indices { pairs.append(try Self(element: index, of: elements)) }
    } else {
      guard elements.count.isMultiple(of: 2) else {
        throw RESPMismatch(wanted: "a list of pairs", found: "a list of \(elements.count)")
      }
      pairs.reserveCapacity(elements.count / 2)
      for index in stride(from: 0, to: elements.count, by: 2) {
        pairs.append(try Self(elements, at: index))
      }
    }
    return pairs
  }

  private init(_ elements: [RESPValue], at index: Int) throws(RESPMismatch) {
    first = try First(element: index, of: elements)
    second = try Second(element: index + 1, of: elements)
  }
}

extension RESPPair: Equatable where First: Equatable, Second: Equatable {}
extension RESPPair: Hashable where First: Hashable, Second: Hashable {}

/// Replies that are maps, or lists of names and values.
extension Dictionary: RESPDecodable where Key: RESPDecodable, Value: RESPDecodable {
  /// A map, or a list in either of the shapes that a list of pairs has; of a key that stands twice,
  /// the last value.
  public init(resp value: RESPValue) throws(RESPMismatch) {
    let pairs = try RESPPair<Key, Value>.list(resp: value)
    self.init(minimumCapacity: pairs.count)
    for pair in pairs { self[pair.first] = pair.second }
  }
}

extension RESPValue {
  fileprivate var isMap: Bool { if case .map = self { true } else { false } }
}
