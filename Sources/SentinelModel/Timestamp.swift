/// A moment: microseconds since 1970, UTC.
///
/// Moments of one run come from one steady clock that was set by the wall clock once, so that a
/// difference of two is a true duration even when the system's clock is stepped between them.
public struct Timestamp: Hashable, Sendable, Comparable {
  /// Microseconds since 1970, UTC.
  public var microseconds: Int64

  /// A moment by its microseconds.
  public init(microseconds: Int64) {
    self.microseconds = microseconds
  }

  /// A moment by its milliseconds.
  public init(milliseconds: Int64) {
    self.microseconds = Duration.milliseconds(milliseconds).inMicroseconds
  }

  /// Milliseconds since 1970, rounded down.
  public var milliseconds: Int64 {
    let (quotient, remainder) = microseconds.quotientAndRemainder(dividingBy: 1_000)
    return remainder < 0 ? quotient - 1 : quotient
  }

  /// The moment so much later; the last one there is, where the duration is too long for more.
  public func advanced(by duration: Duration) -> Timestamp {
    Timestamp(microseconds: (.microseconds(microseconds) + duration).inMicroseconds)
  }

  /// How long this moment is after the other; negative when it is before.
  public func duration(since other: Timestamp) -> Duration {
    .microseconds(microseconds) - .microseconds(other.microseconds)
  }

  /// Earlier moments are less.
  public static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.microseconds < right.microseconds
  }
}

/// Durations as the whole numbers that servers take and give.
extension Duration {
  // Durations come from servers, who may say anything: what doesn't fit counts as the largest number.

  /// The whole microseconds of the duration.
  public var inMicroseconds: Int64 {
    Int64(clamping: attoseconds / 1_000_000_000_000)
  }

  /// The whole milliseconds of the duration.
  public var inMilliseconds: Int64 {
    Int64(clamping: attoseconds / 1_000_000_000_000_000)
  }
}
