package import SentinelInsight
package import SentinelModel

/// What the dashboard wants of the world.
package enum Effect: Hashable, Sendable {
  /// Send a command. A change comes with the facts on which it was agreed to; the answer comes back
  /// as `Message.finished`, whatever happens.
  case run(Command, Target, Preflight.Facts?)
  /// Ask no further Sentinel for a change that is under way.
  case stop(Command)
  /// Another service is looked at: its replicas and Sentinels are wanted most often.
  case focus(ServiceName?)
  /// Refuse changes from now on, or carry them out again.
  case lock(Bool)
  /// Put a text on the clipboard.
  case copy(String)
  /// Write a file; where it is comes back as a notice.
  case export(Export)
  /// Do something to a server of the demo; what came of it comes back as a notice.
  case lab(LabDeed)
  /// The way the program looks or watches was changed.
  case adjust(Settings)
  /// Draw the whole screen anew.
  case redraw
  case suspend
  case quit
}
