/// How the system finds out that the other end of a silent connection is gone.
public struct TCPKeepAlive: Hashable, Sendable {
  /// After how much silence it asks.
  public var idle: Duration
  /// How long it waits before it asks again.
  public var interval: Duration
  /// After how many questions without an answer it gives up.
  public var probes: Int

  /// Settings; by default a peer that is gone is noticed 45 seconds after its last word. Durations
  /// count in whole seconds, from one on.
  public init(
    idle: Duration = .seconds(30), interval: Duration = .seconds(5), probes: Int = 3
  ) {
    self.idle = idle
    self.interval = interval
    self.probes = probes
  }
}
