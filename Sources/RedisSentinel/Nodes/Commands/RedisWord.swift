public import RESP

/// What can stand in a command as one word: text, bytes, a number.
///
/// A word is bytes and safe for any of them; text goes as its UTF-8.
public protocol RedisWord: Sendable {
  /// The bytes to send.
  var redisWord: RESPBytes { get }
}

/// Bytes go as they are.
extension RESPBytes: RedisWord {
  /// The bytes themselves.
  public var redisWord: RESPBytes { self }
}

/// Text goes as its UTF-8.
extension String: RedisWord {
  /// The text's UTF-8.
  public var redisWord: RESPBytes { RESPBytes(self) }
}

/// Text goes as its UTF-8.
extension Substring: RedisWord {
  /// The text's UTF-8.
  public var redisWord: RESPBytes { RESPBytes(self) }
}

/// Bytes go as they are.
extension Array: RedisWord where Element == UInt8 {
  /// The bytes themselves.
  public var redisWord: RESPBytes { RESPBytes(self) }
}

extension RedisWord where Self: FixedWidthInteger {
  /// The number's decimal digits.
  public var redisWord: RESPBytes { RESPBytes(String(self)) }
}

/// Numbers go as decimal digits.
extension Int: RedisWord {}
/// Numbers go as decimal digits.
extension Int64: RedisWord {}
/// Numbers go as decimal digits.
extension UInt64: RedisWord {}

/// Numbers go as decimal digits.
extension Double: RedisWord {
  /// The shortest decimal digits that are read back as the same number; `inf` and `-inf` for the
  /// infinite ones. No server takes `nan`.
  public var redisWord: RESPBytes {
    // Scores and counters come as whole numbers mostly: "5" stays "5", as other clients write it.
    RESPBytes(Int64(exactly: self).map(String.init) ?? description)
  }
}

/// The words of a command while they are gathered.
typealias Words = [any RedisWord]

extension Duration {
  // Rounded up: a time of less than a millisecond must not become 0, which means "for ever".

  /// The whole milliseconds, rounded up.
  var millisecondsRoundedUp: Int64 {
    let (whole, rest) = attoseconds.quotientAndRemainder(dividingBy: 1_000_000_000_000_000)
    return Int64(clamping: rest > 0 ? whole + 1 : whole)
  }

  /// The whole seconds; nil where there is a fraction, to the millisecond.
  var wholeSeconds: Int64? {
    let (seconds, rest) = millisecondsRoundedUp.quotientAndRemainder(dividingBy: 1_000)
    return rest == 0 ? seconds : nil
  }

  /// The seconds as blocking commands take them: before Redis 6 whole ones only.
  var secondsWord: any RedisWord {
    wholeSeconds ?? Double(millisecondsRoundedUp) / 1_000
  }
}
