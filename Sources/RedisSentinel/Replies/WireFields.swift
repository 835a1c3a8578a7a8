import RESP

/// The fields of one entry where they stand in the bytes of a reply: a lookup without a copy, good only
/// while the bytes are lent.
struct WireFields: FieldSource {
  /// A field: where its name and its value stand.
  struct Slot {
    /// By which most other names are told from it at a glance; 0 where it was taken out.
    var mark: UInt32
    var name: Range<Int>
    var value: Range<Int>
  }

  private let bytes: UnsafeRawBufferPointer
  private let slots: UnsafeMutableBufferPointer<Slot>
  private let count: Int
  /// The place behind the one that was found last: names are mostly asked for in the order of the wire.
  private var next = 0

  /// Reads an entry into the memory for its slots. Nil where it isn't plain, has more fields than there
  /// is memory for, or a name that may stand twice.
  init?(
    _ cursor: inout WireCursor, in bytes: UnsafeRawBufferPointer,
    _ slots: UnsafeMutableBufferPointer<Slot>
  ) {
    guard let (type, number) = cursor.header() else { return nil }
    switch type {
    case UInt8(ascii: "%"): count = number
    case UInt8(ascii: "*") where number.isMultiple(of: 2): count = number / 2
    default: return nil
    }
    guard count <= slots.count else { return nil }
    for place in 0..<count {
      guard let name = cursor.string(), let value = cursor.string() else { return nil }
      let mark = Fields.mark(of: UnsafeRawBufferPointer(rebasing: bytes[name]))
      for earlier in 0..<place where slots[earlier].mark == mark { return nil }
      slots[place] = Slot(mark: mark, name: name, value: value)
    }
    self.bytes = bytes
    self.slots = slots
  }

  func text(_ name: StaticString) -> String? { place(of: name).map { text(at: $0) } }

  func integer(_ name: StaticString) -> Int64? { place(of: name).flatMap { integer(at: $0) } }

  var texts: [String: String] {
    var texts: [String: String] = [:]
    for place in 0..<count where slots[place].mark != 0 {
      texts[String(decoding: bytes[slots[place].name], as: UTF8.self)] = text(at: place)
    }
    return texts
  }

  mutating func drop(_ name: StaticString) {
    if let place = place(of: name) { remove(place) }
  }

  mutating func takeInteger(_ name: StaticString, or otherName: StaticString?) -> Int64? {
    guard let place = place(of: name), let number = integer(at: place) else {
      return otherName.flatMap { takeInteger($0, or: nil) }
    }
    remove(place)
    return number
  }

  mutating func takeText(_ name: StaticString) -> String? {
    guard let place = place(of: name) else { return nil }
    remove(place)
    return slots[place].value.isEmpty ? nil : text(at: place)
  }

  mutating func takeValidText(_ name: StaticString) -> String? {
    guard let place = place(of: name) else { return nil }
    remove(place)
    return String(validating: bytes[slots[place].value], as: UTF8.self)
  }

  private func text(at place: Int) -> String {
    String(decoding: bytes[slots[place].value], as: UTF8.self)
  }

  private func integer(at place: Int) -> Int64? {
    Int64(decimal: UnsafeRawBufferPointer(rebasing: bytes[slots[place].value]))
  }

  private mutating func remove(_ place: Int) {
    slots[place].mark = 0
    next = place + 1
  }

  private func place(of name: StaticString) -> Int? {
    let name = UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    let mark = Fields.mark(of: name)
    if next < count, isNamed(name, mark, at: next) { return next }
    for place in 0..<count where isNamed(name, mark, at: place) { return place }
    return nil
  }

  private func isNamed(_ name: UnsafeRawBufferPointer, _ mark: UInt32, at place: Int) -> Bool {
    guard slots[place].mark == mark, slots[place].name.count == name.count else { return false }
    let start = slots[place].name.lowerBound
    for index in 0..<name.count where bytes[start + index] != name[index] { return false }
    return true
  }
}

extension Entries {
  /// Reads the bytes of a reply; nil where they are no plain list of fields: then the reply's value tells
  /// what it is.
  init?(wire: RESPBytes, _ read: (inout WireFields) throws(BadEntry) -> Entry) {
    let entries: Self? = wire.withUnsafeBytes { bytes in
      withUnsafeTemporaryAllocation(of: WireFields.Slot.self, capacity: 64) { slots in
        var cursor = WireCursor(bytes)
        guard let (type, count) = cursor.header(), type == UInt8(ascii: "*") else { return nil }
        var entries = Self()
        entries.entries.reserveCapacity(min(count, 1_024))
        for _ in 0..<count {
          guard var fields = WireFields(&cursor, in: bytes, slots) else { return nil }
          do throws(BadEntry) {
            entries.entries.append(try read(&fields))
          } catch {
            entries.bad.append(error)
          }
        }
        return entries
      }
    }
    guard let entries else { return nil }
    self = entries
  }

  private init() {}
}
