package import RESP

/// A script that a Sentinel runs or will run.
public struct PendingScript: Hashable, Sendable {
  /// The script's path and its arguments.
  public var arguments: [String]
  /// Whether it runs now, and then as which process.
  public var processID: Int?
  /// How long it has been running; nil while it waits.
  public var runningFor: Duration?
  /// In how long it will be started; nil while it runs.
  public var startsIn: Duration?
  /// How often it was tried.
  public var retries: Int
}

extension PendingScript {
  /// Reads one entry of PENDING-SCRIPTS.
  package init(reply: RESPValue) throws(BadEntry) {
    guard let fields = Fields(reply), let arguments = fields["argv"]?.elements else {
      throw BadEntry(reason: "\(reply.kind) describes no script")
    }
    self.arguments = arguments.compactMap(\.text)
    let isRunning = fields.text("flags") == "running"
    processID = isRunning ? fields.integer("pid").map { Int($0) } : nil
    runningFor = fields.integer("run-time").map { .milliseconds(max(0, $0)) }
    startsIn = fields.integer("run-delay").map { .milliseconds(max(0, $0)) }
    retries = fields.integer("retry-num").map { Int($0) } ?? 0
  }
}
