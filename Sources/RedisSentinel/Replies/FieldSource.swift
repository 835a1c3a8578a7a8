import SentinelModel

/// Names and values of which a state takes what it knows; what is left at the end was not known.
protocol FieldSource {
  func text(_ name: StaticString) -> String?
  func integer(_ name: StaticString) -> Int64?
  /// All values that are text.
  var texts: [String: String] { get }
  /// Takes a name out, whatever its value is.
  mutating func drop(_ name: StaticString)
  /// Takes a number out, under the one name or the other. One that can't be read stays, so that it isn't
  /// lost.
  mutating func takeInteger(_ name: StaticString, or otherName: StaticString?) -> Int64?
  /// Takes a text out; nil for an empty one.
  mutating func takeText(_ name: StaticString) -> String?
  /// Takes a text out; nil where the bytes are no UTF-8, which is repaired nowhere.
  mutating func takeValidText(_ name: StaticString) -> String?
}

extension FieldSource {
  mutating func takeInteger(_ name: StaticString) -> Int64? { takeInteger(name, or: nil) }

  /// Takes milliseconds out. Clocks step: less than nothing counts as nothing.
  mutating func takeDuration(_ name: StaticString) -> Duration? {
    takeInteger(name).map { .milliseconds(max(0, $0)) }
  }

  /// Takes the flags out; nil where there are none.
  mutating func takeFlags() -> InstanceFlags? {
    guard let words = text("flags") else { return nil }
    drop("flags")
    return InstanceFlags(wire: words)
  }

  /// Age of the last INFO. 0 means never; servers up to 6.2.1 say it with the time since 1970.
  mutating func takeSinceInfo() -> Duration? {
    let aDecade = Duration.seconds(10 * 365 * 86_400)
    guard let age = takeDuration("info-refresh"), age > .zero, age < aDecade else { return nil }
    return age
  }

  /// Takes the role out that the node itself reports. A word that names none stays.
  mutating func takeReportedRole() -> NodeRole? {
    guard let role = text("role-reported").flatMap({ NodeRole(wire: $0) }) else { return nil }
    drop("role-reported")
    return role
  }
}
