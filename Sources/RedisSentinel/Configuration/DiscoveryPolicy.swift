/// Whose word on a master's address is taken, where Sentinels may differ.
public enum DiscoveryPolicy: Hashable, Sendable {
  /// The first Sentinel's whose answer can be accepted. One that was cut off from the others may still
  /// name the old master.
  case firstAcceptable
  /// All Sentinels are asked at once. When the first has answered the others have so much time; the
  /// highest epoch of the configuration wins.
  case freshestEpoch(window: Duration)
  /// All Sentinels are asked at once; an address is taken when more than half of those known name it.
  case majority
}
