/// How often, and after which pauses, something is tried again.
///
/// What provably wasn't carried out is always tried again: it found no connection, never left, or was
/// refused by a node that can't take it now (READONLY, LOADING, MASTERDOWN …). What may have been
/// carried out is only tried again where doing it twice is as good as once.
public struct RetryPolicy: Hashable, Sendable {
  /// How often in all, the first time included; nil for as often as it takes.
  public var maximumAttempts: Int?
  /// The longest first pause. Each pause is chosen by chance between half of it and all of it.
  public var firstPause: Duration
  /// Pauses double up to this.
  public var longestPause: Duration
  /// Whether a time-out counts as a reason to try again where trying twice does no harm.
  public var retriesOnTimeout: Bool
  /// Other error replies that are a reason to try again, by their first word: `BUSY`, say. Only
  /// where trying twice does no harm, since nothing proves that the command wasn't carried out.
  public var additionalCodes: Set<String> = []

  /// A policy; by default three attempts, 10 ms to 1 s apart.
  public init(
    maximumAttempts: Int? = 3, firstPause: Duration = .milliseconds(10),
    longestPause: Duration = .seconds(1), retriesOnTimeout: Bool = false
  ) {
    self.maximumAttempts = maximumAttempts.map { max(1, $0) }
    self.firstPause = firstPause
    self.longestPause = longestPause
    self.retriesOnTimeout = retriesOnTimeout
  }

  /// Once, and never again. Not called `none`, which an optional policy takes for nil.
  public static let once = RetryPolicy(maximumAttempts: 1)
  /// Until it works or the caller gives up.
  public static let forever = RetryPolicy(maximumAttempts: nil)
}
