import NIOCore
import RESP
import TestSupport
import Testing

@Suite struct RESPFrameTests {
  private func look(_ text: String) -> RESPFrame.Look {
    var frame = RESPFrame()
    return frame.look(at: ByteBuffer(string: text))
  }

  @Test(arguments: [
    "masters.resp2", "masters.resp3", "replicas.resp3", "sentinels.resp2", "config-get-all.resp2",
  ])
  func `a reply ends where it ends, however it drips in`(name: String) throws {
    let bytes = try Fixture.bytes("replies/\(name).resp")
    for length in [1, 7, bytes.count] {
      var frame = RESPFrame()
      var buffer = ByteBuffer()
      for start in stride(from: 0, to: bytes.count, by: length) {
        buffer.writeBytes(bytes[start..<min(start + length, bytes.count)])
        let look = frame.look(at: buffer)
        #expect(
          look == (buffer.readableBytes == bytes.count ? .whole(length: bytes.count) : .partial))
      }
    }
  }

  @Test(arguments: [
    ("*0\r\n", 4), ("*0\r\n*0\r\n", 4), ("*1\r\n$0\r\n\r\n+OK\r\n", 10),
    ("*2\r\n%1\r\n$1\r\na\r\n$1\r\nb\r\n*1\r\n$1\r\nc\r\nrest", 33),
  ])
  func `what comes behind a reply is left alone`(text: String, length: Int) {
    #expect(look(text) == .whole(length: length))
  }

  @Test(arguments: [
    "+OK\r\n", "-ERR no\r\n", "$1\r\na\r\n", "%1\r\n$1\r\na\r\n$1\r\nb\r\n", ">1\r\n$1\r\na\r\n",
    "*-1\r\n", "_\r\n", "*1\r\n$-1\r\n", "*1\r\n:1\r\n", "*1\r\n_\r\n", "*x\r\n", "*1x", "*\r\n",
    "*1\r\n$1\r\nabc", "*1\r\n$2\r\na\rb\r\n", "*1\rx", "*1234567890\r\n", "*999999999\r\n",
    "*1\r\n~1\r\n$1\r\na\r\n",
  ])
  func `anything but lists and maps of strings is left to the parser`(text: String) {
    #expect(look(text) == .other)
  }

  @Test func `what is longer than may be is left to the parser, which says so`() {
    var frame = RESPFrame(limits: RESPLimits(length: 4, count: 3))
    #expect(frame.look(at: ByteBuffer(string: "*1\r\n$5\r\nabcde\r\n")) == .other)
    frame = RESPFrame(limits: RESPLimits(length: 4, count: 3))
    #expect(frame.look(at: ByteBuffer(string: "*1\r\n%2\r\n")) == .other)
  }
}
