import NIOCore
import RESP
import TestSupport
import Testing

@Suite struct RESPParserTests {
  @Test func `every recorded reply decodes whole`() throws {
    let paths = try Fixture.paths(suffix: ".resp")
    #expect(paths.count > 280)
    for path in paths {
      let values = try Fixture.replies(path)
      #expect(values.count == 1 || path.contains("subscribe-stream"), "\(path)")
    }
  }

  @Test func `every recorded reply survives any cut`() async throws {
    var chance = SeededGenerator(seed: 1)
    for path in try Fixture.paths(suffix: ".resp") {
      await Task.yield()
      let whole = try Fixture.replies(path)
      let bytes = try Fixture.bytes(path)
      #expect(try decode(bytes, cutBy: { 1 }) == whole, "\(path) byte by byte")
      for _ in 0..<4 {
        let longest = Int.random(in: 2...200, using: &chance)
        let values = try decode(bytes) { Int.random(in: 1...longest, using: &chance) }
        #expect(values == whole, "\(path) in pieces up to \(longest)")
      }
    }
  }

  @Test(arguments: ["resp2", "resp3"])
  func `a subscribed connection gives its messages in order`(version: String) throws {
    let values = try Fixture.replies("replies/subscribe-stream.\(version).resp")
    let words = values.map { $0.elements?.first?.text ?? $0.errorText ?? $0.text ?? "" }
    switch version {
    case "resp2":
      #expect(
        words == [
          "psubscribe", "pmessage", "pong",
          "ERR Can't execute 'sentinel|myid': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT "
            + "/ RESET are allowed in this context",
          "subscribe", "subscribe", "punsubscribe",
        ])
    default:
      #expect(words.prefix(3) == ["psubscribe", "pmessage", "PONG"])
      #expect(words.suffix(3) == ["subscribe", "subscribe", "punsubscribe"])
      let pushes = values.filter { if case .push = $0 { true } else { false } }
      #expect(pushes.count == 5)
    }
  }

  @Test func `it stands between replies only after a whole one`() throws {
    var parser = RESPParser()
    var buffer = ByteBuffer()
    #expect(parser.isBetweenReplies)
    for (piece, isBetween) in [("*1\r\n", false), ("$2\r\n", false), ("ab", false), ("\r\n", true)]
    {
      buffer.writeString(piece)
      _ = try parser.next(in: &buffer)
      #expect(parser.isBetweenReplies == isBetween, "after \(piece.debugDescription)")
    }
  }

  @Test func `a slice keeps its bytes when the buffer goes on`() throws {
    var parser = RESPParser()
    var buffer = ByteBuffer(string: "$3\r\nfoo\r\n")
    let first = try parser.next(in: &buffer)
    buffer.discardReadBytes()
    buffer.writeString("$3\r\nbar\r\n")
    #expect(try parser.next(in: &buffer) == .bulkString("bar"))
    #expect(first == .bulkString("foo"))
  }

  @Test func `garbage never traps`() {
    var chance = SeededGenerator(seed: 2)
    var refused = 0
    for _ in 0..<50_000 {
      let bytes = (0..<Int.random(in: 0...24, using: &chance)).map { _ in
        UInt8.random(in: 0...255, using: &chance)
      }
      if isRefused(bytes) { refused += 1 }
    }
    #expect(refused > 40_000)
  }

  @Test func `what looks like replies never traps`() {
    var chance = SeededGenerator(seed: 3)
    let pieces = [
      "$", "*", "%", "~", ">", "|", "!", "=", "+", "-", ":", ",", "(", "#", "_", ";", ".", "?",
      "\r\n", "\r\n", "\r\n", "\r", "\n", "0", "1", "2", "3", "-1", "16", "t", "f", "inf", "nan",
      "txt:", "a", "*1\r\n", "%1\r\n", "|1\r\n", "$1\r\na\r\n", ":1\r\n", "+OK\r\n", "\u{301}",
      "9223372036854775807", "-9223372036854775808", "4611686018427387904",
    ].map { Array($0.utf8) }
    var whole = 0
    for _ in 0..<50_000 {
      let bytes = (0..<Int.random(in: 1...16, using: &chance)).flatMap { _ in
        pieces.randomElement(using: &chance) ?? []
      }
      if !isRefused(bytes) { whole += 1 }
    }
    #expect(whole > 500)
  }

  @Test func `a recorded reply with a byte changed never traps`() throws {
    var chance = SeededGenerator(seed: 4)
    let bytes = try Fixture.bytes("replies/pending-scripts-running.resp3.resp")
    for _ in 0..<5_000 {
      var changed = bytes
      let place = Int.random(in: changed.indices, using: &chance)
      changed[place] = UInt8.random(in: 0...255, using: &chance)
      _ = isRefused(changed)
    }
  }

  private func decode(_ bytes: [UInt8], cutBy length: () -> Int) throws -> [RESPValue] {
    var parser = RESPParser()
    var buffer = ByteBuffer()
    var values: [RESPValue] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      let piece = rest.prefix(length())
      buffer.writeBytes(piece)
      rest = rest.dropFirst(piece.count)
      while let value = try parser.next(in: &buffer) { values.append(value) }
    }
    #expect(buffer.readableBytes == 0 && parser.isBetweenReplies)
    return values
  }

  private func isRefused(_ bytes: [UInt8]) -> Bool {
    var parser = RESPParser()
    var buffer = ByteBuffer(bytes: bytes)
    do {
      while try parser.next(in: &buffer) != nil {}
      return false
    } catch {
      return true
    }
  }
}
