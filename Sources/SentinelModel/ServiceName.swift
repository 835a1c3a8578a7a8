/// The name under which Sentinels monitor a master with its replicas.
///
/// Sentinels accept any text in `MONITOR`, so a name that was read may hold spaces or control
/// characters; only `isSafe` ones may be given to new services.
public struct ServiceName: Hashable, Sendable, RawRepresentable {
  /// The name as the Sentinel spells it. Case matters.
  public var rawValue: String

  /// Takes any text: names are only judged when a new service is made.
  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// Takes any text.
  public init(_ name: some StringProtocol) {
    self.rawValue = String(name)
  }

  /// Whether the name holds nothing but ASCII letters, digits, `.`, `-` and `_`.
  ///
  /// Other names corrupt the configuration file of the Sentinel that takes them.
  public var isSafe: Bool {
    !rawValue.isEmpty
      && rawValue.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        }
      }
  }

  /// A glob pattern that matches this name alone, for `SENTINEL RESET`.
  public var literalPattern: String {
    var pattern = ""
    for character in rawValue {
      if "*?[]\\".contains(character) { pattern.append("\\") }
      pattern.append(character)
    }
    return pattern
  }
}

extension ServiceName: ExpressibleByStringLiteral, CustomStringConvertible, Comparable {
  /// A name written in the source.
  public init(stringLiteral value: String) {
    self.rawValue = value
  }

  /// The name itself.
  public var description: String { rawValue }

  /// Alphabetical.
  public static func < (left: ServiceName, right: ServiceName) -> Bool {
    left.rawValue < right.rawValue
  }
}
