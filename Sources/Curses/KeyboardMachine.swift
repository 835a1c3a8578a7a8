internal import Canvas

/// Turns the bytes a terminal sends into keys. Knows no clock: who feeds it also tells it when it
/// has waited long enough for the rest of a sequence.
///
/// Bytes may be cut anywhere. It takes any bytes, never grows beyond its limits, and says nothing
/// for sequences it does not know.
struct KeyboardMachine {
  static let sequenceLimit = 64
  static let pasteLimit = 65_536

  /// What the terminal's description says some keys send, beyond what all terminals do.
  private let described: [[UInt8]: Key]
  private var pending: [UInt8] = []
  private var paste: [UInt8]?
  private var reports: [TerminalReport] = []

  init(described: [[UInt8]: Key] = [:]) {
    self.described = described
  }

  /// Whether the last bytes mean one thing as they are and another if more follows soon.
  var isWaiting: Bool { !pending.isEmpty || paste != nil }
  /// Whether what is missing is sure to come, and only takes longer: the rest of a paste, or of a
  /// sequence longer than anybody types. Its end alone would be taken for keys.
  var isPatient: Bool { paste != nil || pending.count > 2 }

  mutating func received(_ bytes: some Sequence<UInt8>) -> [Key] {
    var keys: [Key] = []
    for byte in bytes {
      if paste != nil {
        collect(byte, into: &keys)
      } else {
        pending.append(byte)
        while let step = step() { keys += step }
      }
    }
    return keys
  }

  /// What the terminal has told about itself since this was asked last.
  mutating func takeReports() -> [TerminalReport] {
    defer { reports = [] }
    return reports
  }

  /// Nothing more came: what is pending is all there is.
  mutating func expired() -> [Key] {
    if let pasted = paste {
      paste = nil
      return [.paste(String(decoding: pasted, as: UTF8.self))]
    }
    defer { pending = [] }
    switch pending.count {
    case 1 where pending[0] == 0x1B: return [.escape]
    case 2 where pending[0] == 0x1B && pending[1] < 0x80:
      return [.alt(Character(Unicode.Scalar(pending[1])))]
    default: return []
    }
  }

  /// Takes one whole key off the pending bytes; `nil` if there is none yet.
  private mutating func step() -> [Key]? {
    guard let first = pending.first else { return nil }
    guard first == 0x1B else { return character(at: 0).map { take($0.length, $0.key) } }
    guard pending.count > 1 else { return nil }
    switch pending[1] {
    case 0x1B: return take(1, .escape)
    case 0x5B: return control()
    case 0x4F: return pending.count < 3 ? nil : take(3, EscapeSequence.shifted(pending[2]))
    case 0x5D, 0x50, 0x58, 0x5E, 0x5F: return report()
    default:
      guard let (length, key) = character(at: 1) else { return nil }
      if case .character(let character)? = key { return take(length + 1, .alt(character)) }
      return take(length + 1, key)
    }
  }

  private mutating func take(_ count: Int, _ key: Key?) -> [Key] {
    let sequence = Array(pending.prefix(count))
    pending.removeFirst(min(count, pending.count))
    return (described[sequence] ?? key).map { [$0] } ?? []
  }

  /// A control sequence: `ESC [`, parameters, one letter.
  private mutating func control() -> [Key]? {
    guard pending.count > 2 else { return nil }
    // The Linux console's function keys, and mouse reports of the old kind, are not built that way.
    if pending[2] == 0x5B { return pending.count < 4 ? nil : take(4, .linuxFunction(pending[3])) }
    if pending[2] == 0x4D { return pending.count < 6 ? nil : take(6, nil) }
    guard let end = pending.dropFirst(2).firstIndex(where: { (0x40...0x7E).contains($0) }) else {
      // A broken sequence ends where a control character or too much of it comes.
      let isBroken = pending.count > Self.sequenceLimit || (pending.last.map { $0 < 0x20 } ?? false)
      return isBroken ? take(pending.count, nil) : nil
    }
    let sequence = EscapeSequence(parameters: pending[2..<end], final: pending[end])
    if let report = sequence.report { reports.append(report) }
    if sequence.isPasteStart {
      paste = []
      return take(end + 1, nil)
    }
    return take(end + 1, sequence.key)
  }

  /// An answer of the terminal that nobody asked for: skipped up to its end.
  private mutating func report() -> [Key]? {
    let isEnded =
      pending.last == 0x07 || pending.count > 3 && pending.suffix(2) == [0x1B, 0x5C]
      || pending.count > Self.sequenceLimit
    return isEnded ? take(pending.count, nil) : nil
  }

  private func character(at index: Int) -> (length: Int, key: Key?)? {
    let first = pending[index]
    if first < 0x80 { return (1, Key(controlByte: first)) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 1
    let rest = pending[(index + 1)...].prefix(length - 1)
    guard rest.allSatisfy({ (0x80..<0xC0).contains($0) }) else {
      // Not the rest of it: drop the first byte and look again.
      return (1, nil)
    }
    guard rest.count == length - 1 else { return nil }
    guard length > 1,
      let text = String(validating: pending[index...].prefix(length), as: UTF8.self),
      let character = text.first
    else { return (length, nil) }
    return (length, .character(character))
  }

  private mutating func collect(_ byte: UInt8, into keys: inout [Key]) {
    let end: [UInt8] = [0x1B, 0x5B, 0x32, 0x30, 0x31, 0x7E]
    paste?.append(byte)
    guard let pasted = paste else { return }
    if byte == end.last, pasted.suffix(end.count) == end[...] {
      paste = nil
      keys.append(.paste(String(decoding: pasted.dropLast(end.count), as: UTF8.self)))
    } else if pasted.count > Self.pasteLimit {
      // Keeps the beginning, and enough of the end to see it.
      paste?.remove(at: Self.pasteLimit - end.count)
    }
  }
}

extension Key {
  /// The key behind a byte below 128.
  init(controlByte byte: UInt8) {
    switch byte {
    case 0x00: self = .control(" ")
    case 0x08, 0x7F: self = .backspace
    case 0x09: self = .tab
    case 0x0A, 0x0D: self = .enter
    case 0x1B: self = .escape
    case 0x01..<0x20:
      self = .control(Character(Character(Unicode.Scalar(byte + 0x40)).lowercased()))
    default: self = .character(Character(Unicode.Scalar(byte)))
    }
  }

  static func linuxFunction(_ byte: UInt8) -> Key? {
    (0x41...0x45).contains(byte) ? .function(Int(byte) - 0x40) : nil
  }
}
