package import RESP

/// A flat list or a map of names and values as a lookup. The order means nothing; of a name that
/// comes twice, the last value counts.
package struct Fields {
  private var values: [String: RESPValue] = [:]

  /// Nil where the reply is no list or map, has a value without a name, or a name that is no string.
  package init?(_ reply: RESPValue) {
    guard let elements = reply.elements, elements.count.isMultiple(of: 2) else { return nil }
    values.reserveCapacity(elements.count / 2)
    for index in stride(from: 0, to: elements.count, by: 2) {
      guard let name = elements[index].bytes else { return nil }
      values[name.text] = elements[index + 1]
    }
  }

  package subscript(name: String) -> RESPValue? { values[name] }

  package func text(_ name: String) -> String? { values[name]?.text }

  package func integer(_ name: String) -> Int64? { values[name]?.integer }

  /// All values that are text.
  package var texts: [String: String] { values.compactMapValues(\.text) }

  /// Takes the value of a name out; what is left at the end was not known.
  package mutating func take(_ name: String) -> RESPValue? {
    values.removeValue(forKey: name)
  }

  /// Takes a number out. One that can't be read stays, so that it isn't lost.
  package mutating func takeInteger(_ names: String...) -> Int64? {
    for name in names {
      if let number = values[name]?.integer {
        values[name] = nil
        return number
      }
    }
    return nil
  }

  /// Takes a text out; nil for an empty one.
  package mutating func takeText(_ name: String) -> String? {
    guard let text = take(name)?.text, !text.isEmpty else { return nil }
    return text
  }

  /// Takes milliseconds out. Clocks step: less than nothing counts as nothing.
  package mutating func takeDuration(_ name: String) -> Duration? {
    takeInteger(name).map { .milliseconds(max(0, $0)) }
  }
}
