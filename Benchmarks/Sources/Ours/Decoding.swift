import Foundation
import RESP

/// Bytes to a tree of values, as they come from a socket: 16 KiB at a time.
enum Decoding {
  static func measure(file: String, milliseconds: Int) throws -> Figure {
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: file)))
    let chunks = stride(from: 0, to: bytes.count, by: 16 << 10).map { start in
      Array(bytes[start..<min(start + 16 << 10, bytes.count)])
    }
    var elements = 0
    func decode() throws {
      var reader = RESPReader()
      for chunk in chunks {
        reader.feed(chunk)
        while let value = try reader.next() { elements += value.elements?.count ?? 0 }
      }
      try reader.finish()
    }
    _ = try Figure.during(.milliseconds(milliseconds / 5), decode)
    let figure = try Figure.during(.milliseconds(milliseconds), decode)
    // Said, so that nobody can leave the work out.
    guard elements > 0 else { throw BadArguments() }
    return figure
  }
}
