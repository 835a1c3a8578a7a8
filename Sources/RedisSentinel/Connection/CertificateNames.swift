/// The DNS names that a certificate is for: its subject alternative names, read from its DER form.
///
/// TLS has verified the certificate before; where these bytes can't be read all the same, it is for
/// nobody.
struct CertificateNames {
  /// Nil where the certificate has no alternative names of any kind.
  let names: [String]?

  /// `subjectAltName`, 2.5.29.17.
  private static let identifier: [UInt8] = [0x55, 0x1d, 0x11]
  private static let extensions: UInt8 = 0xa3
  private static let dnsName: UInt8 = 0x82

  init(der: [UInt8]) {
    var outermost = DERReader(der[...])
    var certificate = DERReader(outermost.next()?.content)
    var body = DERReader(certificate.next()?.content)
    var found: [String]?
    while let field = body.next() {
      guard field.tag == Self.extensions else { continue }
      var wrapped = DERReader(field.content)
      var list = DERReader(wrapped.next()?.content)
      while let entry = list.next() {
        var parts = DERReader(entry.content)
        guard let identifier = parts.next(), Array(identifier.content) == Self.identifier else {
          continue
        }
        // Between the two may stand whether it is critical.
        var last = parts.next()
        while let more = parts.next() { last = more }
        var value = DERReader(last?.content)
        var names = DERReader(value.next()?.content)
        found = found ?? []
        while let name = names.next() {
          guard name.tag == Self.dnsName else { continue }
          found?.append(String(decoding: name.content, as: UTF8.self))
        }
      }
    }
    names = found
  }

  /// Whether one of the names is this one. A `*` stands for one label, the first.
  func include(_ name: String) -> Bool {
    let wanted = Self.labels(name)
    return (names ?? []).contains { candidate in
      let labels = Self.labels(candidate)
      guard labels.count == wanted.count else { return false }
      if labels == wanted { return true }
      return labels.count > 2 && labels[0] == "*" && labels.dropFirst() == wanted.dropFirst()
    }
  }

  private static func labels(_ name: String) -> [Substring] {
    let name = name.lowercased()
    return (name.hasSuffix(".") ? name.dropLast() : name[...])
      .split(separator: ".", omittingEmptySubsequences: false)
  }
}

/// Takes a row of DER elements apart, one after the other.
private struct DERReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>?) {
    rest = bytes ?? []
  }

  /// The next element; nil at the end, and where the bytes are no element.
  mutating func next() -> (tag: UInt8, content: ArraySlice<UInt8>)? {
    guard let tag = rest.popFirst(), let first = rest.popFirst() else { return nil }
    var length = Int(first)
    if first >= 0x80 {
      let count = Int(first & 0x7f)
      guard (1...4).contains(count), rest.count >= count else { return nil }
      length = rest.prefix(count).reduce(0) { $0 << 8 | Int($1) }
      rest.removeFirst(count)
    }
    guard rest.count >= length else { return nil }
    defer { rest.removeFirst(length) }
    return (tag, rest.prefix(length))
  }
}
