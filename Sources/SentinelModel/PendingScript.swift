/// A script that a Sentinel runs or will run.
public struct PendingScript: Hashable, Sendable {
  /// The script's path and its arguments.
  public var arguments: [String]
  /// The process that runs it; nil while it waits.
  public var processID: Int?
  /// How long it has been running; nil while it waits.
  public var runningFor: Duration?
  /// In how long it will be started; nil while it runs.
  public var startsIn: Duration?
  /// How often it was tried.
  public var retries: Int

  /// A script by its parts.
  public init(
    arguments: [String], processID: Int? = nil, runningFor: Duration? = nil,
    startsIn: Duration? = nil, retries: Int = 0
  ) {
    self.arguments = arguments
    self.processID = processID
    self.runningFor = runningFor
    self.startsIn = startsIn
    self.retries = retries
  }
}
