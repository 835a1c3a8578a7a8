package import Canvas
package import SentinelInsight
package import SentinelModel

/// What can happen to the dashboard. Everything it learns, the time too, comes in as one of these.
package enum Message: Sendable {
  /// A key, with the moment at which it was read from the terminal.
  case key(Key, at: Timestamp)
  /// All that is known now.
  case observed(Snapshot)
  /// Time goes on.
  case ticked(Timestamp)
  /// The frame of the present state is on the screen since then. Questions can be answered only by
  /// keys that come later.
  case drawn(Timestamp)
  case resized(Size)
  /// How a change stands that was asked for by `Effect.run`.
  case progressed(ChangeProgress)
  /// What came of a command that was asked for by `Effect.run`.
  case finished(Outcome)
  /// Something for the notice line.
  case noted(String, Severity)
  /// The servers of the demo, as they are now.
  case lab([DemoNode])
}
