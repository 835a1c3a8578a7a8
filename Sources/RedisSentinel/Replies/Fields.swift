package import RESP

/// A flat list or a map of names and values as a lookup. The order means nothing; of a name that
/// comes twice, the last value counts.
///
/// A reply has a few dozen fields, each of which is looked for once: to go through them costs less
/// than to build a dictionary, whose keys would be strings made for that alone. For the same reason the
/// bytes are gathered in one place first: each string of a reply is touched once.
package struct Fields: FieldSource {
  /// A field: where its name and, right behind, its value stand among the bytes.
  fileprivate struct Slot {
    /// By which most other names are told from it at a glance; 0 where it was taken out.
    var mark: UInt32
    var start: UInt32
    var middle: UInt32
    var end: UInt32
    /// Whether its value is any kind of string.
    var isString: Bool
  }

  /// Names and values in turn.
  private let elements: [RESPValue]
  private var bytes: [UInt8] = []
  private var slots: [Slot] = []
  /// Whether a name may come twice.
  private var mayRepeat = false
  /// The place behind the one that was found last: names are mostly asked for in the order of the wire.
  private var next = 0

  /// Nil where the reply is no list or map, has a value without a name, or a name that is no string.
  package init?(_ reply: RESPValue) {
    guard let elements = reply.elements, elements.count.isMultiple(of: 2) else { return nil }
    self.elements = elements
    slots.reserveCapacity(elements.count / 2)
    bytes.reserveCapacity(elements.count * 16)
    for index in stride(from: 0, to: elements.count, by: 2) {
      let start = bytes.count
      guard Self.append(elements[index], to: &bytes) else { return nil }
      let middle = bytes.count
      let isString = Self.append(elements[index + 1], to: &bytes)
      let mark = bytes.withUnsafeBytes {
        Self.mark(of: UnsafeRawBufferPointer(rebasing: $0[start..<middle]))
      }
      if !mayRepeat { mayRepeat = slots.contains { $0.mark == mark } }
      slots.append(
        Slot(
          mark: mark, start: UInt32(start), middle: UInt32(middle), end: UInt32(bytes.count),
          isString: isString))
    }
  }

  /// False where the value is no string.
  private static func append(_ value: RESPValue, to bytes: inout [UInt8]) -> Bool {
    switch value {
    case .bulkString(let string), .simpleString(let string), .verbatimString(let string),
      .bigNumber(let string):
      string.append(to: &bytes)
      return true
    default: return false
    }
  }

  package subscript(name: StaticString) -> RESPValue? {
    place(of: name).map { elements[2 * $0 + 1] }
  }

  package func text(_ name: StaticString) -> String? { place(of: name).flatMap { text(at: $0) } }

  package func integer(_ name: StaticString) -> Int64? {
    place(of: name).flatMap { integer(at: $0) }
  }

  /// All values that are text.
  package var texts: [String: String] {
    var texts: [String: String] = [:]
    for place in slots.indices where slots[place].mark != 0 {
      let name = Int(slots[place].start)..<Int(slots[place].middle)
      texts[String(decoding: bytes[name], as: UTF8.self)] = text(at: place)
    }
    return texts
  }

  mutating func drop(_ name: StaticString) {
    if let place = place(of: name) { remove(name, at: place) }
  }

  package mutating func takeInteger(_ name: StaticString, or otherName: StaticString?) -> Int64? {
    guard let place = place(of: name), let number = integer(at: place) else {
      return otherName.flatMap { takeInteger($0, or: nil) }
    }
    remove(name, at: place)
    return number
  }

  package mutating func takeText(_ name: StaticString) -> String? {
    guard let place = place(of: name) else { return nil }
    remove(name, at: place)
    guard let text = text(at: place), !text.isEmpty else { return nil }
    return text
  }

  mutating func takeValidText(_ name: StaticString) -> String? {
    guard let place = place(of: name) else { return nil }
    remove(name, at: place)
    guard slots[place].isString else { return nil }
    return withValue(at: place) { String(validating: $0, as: UTF8.self) }
  }

  private func text(at place: Int) -> String? {
    guard slots[place].isString else { return elements[2 * place + 1].text }
    return withValue(at: place) { String(decoding: $0, as: UTF8.self) }
  }

  private func integer(at place: Int) -> Int64? {
    guard slots[place].isString else { return elements[2 * place + 1].integer }
    return withValue(at: place) { Int64(decimal: $0) }
  }

  private func withValue<Result>(
    at place: Int, _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result {
    let slot = slots[place]
    return bytes.withUnsafeBytes {
      body(UnsafeRawBufferPointer(rebasing: $0[Int(slot.middle)..<Int(slot.end)]))
    }
  }

  /// Takes a name out that stands there, and wherever else it stands.
  private mutating func remove(_ name: StaticString, at place: Int) {
    slots[place].mark = 0
    next = place + 1
    while mayRepeat, let other = self.place(of: name) { slots[other].mark = 0 }
  }

  /// Where a name stands last.
  private func place(of name: StaticString) -> Int? {
    let name = UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    let mark = Self.mark(of: name)
    return bytes.withUnsafeBytes { bytes in
      if !mayRepeat, next < slots.count, slots[next].isNamed(name, mark, in: bytes) { return next }
      return slots.indices.last { slots[$0].isNamed(name, mark, in: bytes) }
    }
  }

  /// What tells most other names from this one.
  static func mark(of name: UnsafeRawBufferPointer) -> UInt32 {
    let count = name.count
    let length = 1 << 31 | UInt32(truncatingIfNeeded: count & 0x7f) << 24
    guard count > 0 else { return length }
    return length | UInt32(name[count - 1]) << 16 | UInt32(name[count / 2]) << 8
      | UInt32(name[count / 4])
  }
}

extension Fields.Slot {
  fileprivate func isNamed(
    _ name: UnsafeRawBufferPointer, _ mark: UInt32, in bytes: UnsafeRawBufferPointer
  ) -> Bool {
    guard self.mark == mark, Int(middle - start) == name.count else { return false }
    for index in 0..<name.count where bytes[Int(start) + index] != name[index] { return false }
    return true
  }
}
