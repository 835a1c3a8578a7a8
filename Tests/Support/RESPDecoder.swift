package import NIOCore
package import RESP

/// Cuts what a channel reads into replies.
package struct RESPDecoder: ByteToMessageDecoder {
  package typealias InboundOut = RESPValue

  private var parser: RESPParser

  package init(limits: RESPLimits = RESPLimits()) {
    self.parser = RESPParser(limits: limits)
  }

  package mutating func decode(
    context: ChannelHandlerContext, buffer: inout ByteBuffer
  ) throws -> DecodingState {
    guard let value = try parser.next(in: &buffer) else { return .needMoreData }
    context.fireChannelRead(Self.wrapInboundOut(value))
    return .continue
  }

  package mutating func decodeLast(
    context: ChannelHandlerContext, buffer: inout ByteBuffer, seenEOF: Bool
  ) throws -> DecodingState {
    while case .continue = try decode(context: context, buffer: &buffer) {}
    guard parser.isBetweenReplies, buffer.readableBytes == 0 else {
      throw parser.truncated(buffer)
    }
    return .needMoreData
  }
}
