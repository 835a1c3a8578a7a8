internal import NIOCore

/// Turns commands into the bytes that a server reads, for whoever sends them himself: to a file, a
/// recording, a socket of one's own.
///
/// A word may hold any bytes at all. What `RedisSentinel` connects itself needs no writer.
public struct RESPWriter: Sendable {
  private var buffer = ByteBuffer()

  /// A writer that has written nothing yet.
  public init() {}

  /// Writes a command behind those that were written before.
  public mutating func write(_ words: [String]) {
    RESPEncoder.write(words, to: &buffer)
  }

  /// Writes a command whose words are bytes behind those that were written before.
  public mutating func write(_ words: [RESPBytes]) {
    RESPEncoder.write(words, to: &buffer)
  }

  /// How many bytes were written.
  public var count: Int { buffer.readableBytes }

  /// What was written.
  public var bytes: [UInt8] { Array(buffer.readableBytesView) }

  /// Begins anew, in the same memory.
  public mutating func removeAll() {
    buffer.clear()
  }
}
