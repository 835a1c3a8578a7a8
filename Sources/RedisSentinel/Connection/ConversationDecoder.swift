import NIOCore
package import RESP

/// A reply that came in.
package enum ReceivedReply: Sendable {
  /// Read.
  case value(RESPValue)
  /// As it came, for whoever asked for it so.
  case wire(RESPBytes)

  package var value: RESPValue {
    switch self {
    case .value(let value): return value
    case .wire(let wire):
      var bytes = wire.buffer
      var parser = RESPParser()
      return (try? parser.next(in: &bytes)) ?? .null
    }
  }
}

/// Cuts what a channel reads into replies; those whose asker wants to read the bytes himself are left as
/// they came, as far as they are plain.
struct ConversationDecoder: ByteToMessageDecoder {
  typealias InboundOut = ReceivedReply

  private var parser = RESPParser()
  private var frame = RESPFrame()
  /// Whether what comes next may be left as it is.
  private var mayBePlain = true
  /// Whether the next reply is wanted as it comes.
  private let wantsWire: () -> Bool

  init(wantsWire: @escaping () -> Bool) {
    self.wantsWire = wantsWire
  }

  mutating func decode(
    context: ChannelHandlerContext, buffer: inout ByteBuffer
  ) throws -> DecodingState {
    if mayBePlain, parser.isBetweenReplies, wantsWire() {
      switch frame.look(at: buffer) {
      case .partial: return .needMoreData
      case .whole(let length):
        frame = RESPFrame()
        guard let wire = buffer.readSlice(length: length) else { return .needMoreData }
        parser.passedOver(length)
        context.fireChannelRead(Self.wrapInboundOut(.wire(RESPBytes(buffer: wire))))
        return .continue
      case .other:
        frame = RESPFrame()
        mayBePlain = false
      }
    }
    guard let value = try parser.next(in: &buffer) else { return .needMoreData }
    mayBePlain = true
    context.fireChannelRead(Self.wrapInboundOut(.value(value)))
    return .continue
  }

  mutating func decodeLast(
    context: ChannelHandlerContext, buffer: inout ByteBuffer, seenEOF: Bool
  ) throws -> DecodingState {
    while case .continue = try decode(context: context, buffer: &buffer) {}
    guard parser.isBetweenReplies, buffer.readableBytes == 0 else {
      throw parser.truncated(buffer)
    }
    return .needMoreData
  }
}
