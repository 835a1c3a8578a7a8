import NIOCore
import Testing

/// Bytes as a server sends them, written as text, and shown on one line.
struct Wire: ExpressibleByStringLiteral, Sendable, CustomTestStringConvertible {
  var text: String

  init(stringLiteral text: String) {
    self.text = text
  }

  init(repeating text: String, count: Int, after start: String = "") {
    self.text = start + String(repeating: text, count: count)
  }

  var buffer: ByteBuffer { ByteBuffer(string: text) }

  var testDescription: String { String(text.debugDescription.prefix(60)) }
}
