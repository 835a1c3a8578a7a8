package import RESP

/// A flat list or a map of names and values as a lookup. The order means nothing; of a name that
/// comes twice, the last value counts.
///
/// A reply has a few dozen fields, each of which is looked for once: to go through them costs less
/// than to build a dictionary, whose keys would be strings made for that alone.
package struct Fields {
  /// Names and values in turn.
  private let elements: [RESPValue]
  /// A mark of each name, by which most others are told from it at a glance; 0 where it was taken out.
  private var marks: [UInt32] = []
  /// Whether a name may come twice.
  private var mayRepeat = false
  /// The place behind the one that was found last: names are mostly asked for in the order of the wire.
  private var next = 0

  /// Nil where the reply is no list or map, has a value without a name, or a name that is no string.
  package init?(_ reply: RESPValue) {
    guard let elements = reply.elements, elements.count.isMultiple(of: 2) else { return nil }
    self.elements = elements
    marks.reserveCapacity(elements.count / 2)
    for index in stride(from: 0, to: elements.count, by: 2) {
      guard let name = elements[index].bytes else { return nil }
      let mark = name.withUnsafeBytes { Self.mark(of: $0) }
      if marks.contains(mark) { mayRepeat = true }
      marks.append(mark)
    }
  }

  package subscript(name: StaticString) -> RESPValue? {
    place(of: name).map { elements[2 * $0 + 1] }
  }

  package func text(_ name: StaticString) -> String? { self[name]?.text }

  package func integer(_ name: StaticString) -> Int64? { self[name]?.integer }

  /// All values that are text.
  package var texts: [String: String] {
    var texts: [String: String] = [:]
    for place in marks.indices where marks[place] != 0 {
      guard let name = elements[2 * place].bytes else { continue }
      texts[name.text] = elements[2 * place + 1].text
    }
    return texts
  }

  /// Takes the value of a name out; what is left at the end was not known.
  package mutating func take(_ name: StaticString) -> RESPValue? {
    guard let place = place(of: name) else { return nil }
    remove(name, at: place)
    return elements[2 * place + 1]
  }

  /// Takes a number out, under the one name or the other. One that can't be read stays, so that it isn't
  /// lost.
  package mutating func takeInteger(
    _ name: StaticString, or otherName: StaticString? = nil
  ) -> Int64? {
    guard let place = place(of: name), let number = elements[2 * place + 1].integer else {
      return otherName.flatMap { takeInteger($0) }
    }
    remove(name, at: place)
    return number
  }

  /// Takes a text out; nil for an empty one.
  package mutating func takeText(_ name: StaticString) -> String? {
    guard let text = take(name)?.text, !text.isEmpty else { return nil }
    return text
  }

  /// Takes milliseconds out. Clocks step: less than nothing counts as nothing.
  package mutating func takeDuration(_ name: StaticString) -> Duration? {
    takeInteger(name).map { .milliseconds(max(0, $0)) }
  }

  /// Takes a name out that stands there, and wherever else it stands.
  private mutating func remove(_ name: StaticString, at place: Int) {
    marks[place] = 0
    next = place + 1
    while mayRepeat, let other = self.place(of: name) { marks[other] = 0 }
  }

  /// Where a name stands last.
  private func place(of name: StaticString) -> Int? {
    let name = UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    let mark = Self.mark(of: name)
    if !mayRepeat, next < marks.count, isName(name, mark, at: next) { return next }
    return marks.indices.last { isName(name, mark, at: $0) }
  }

  private func isName(_ name: UnsafeRawBufferPointer, _ mark: UInt32, at place: Int) -> Bool {
    marks[place] == mark && elements[2 * place].bytes?.isEqual(to: name) == true
  }

  private static func mark(of name: UnsafeRawBufferPointer) -> UInt32 {
    let count = name.count
    let length = 1 << 31 | UInt32(truncatingIfNeeded: count & 0x7f) << 24
    guard count > 0 else { return length }
    return length | UInt32(name[count - 1]) << 16 | UInt32(name[count / 2]) << 8
      | UInt32(name[count / 4])
  }
}

extension RESPBytes {
  fileprivate func isEqual(to other: UnsafeRawBufferPointer) -> Bool {
    withUnsafeBytes { bytes in
      guard bytes.count == other.count else { return false }
      for index in 0..<bytes.count where bytes[index] != other[index] { return false }
      return true
    }
  }
}
