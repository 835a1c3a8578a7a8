package import RESP
package import SentinelModel

extension PendingScript {
  /// Reads one entry of PENDING-SCRIPTS.
  package init(reply: RESPValue) throws(BadEntry) {
    guard let fields = Fields(reply), let arguments = fields["argv"]?.elements else {
      throw BadEntry(reason: "\(reply.kind) describes no script")
    }
    let isRunning = fields.text("flags") == "running"
    self.init(
      arguments: arguments.compactMap(\.text),
      processID: isRunning ? fields.integer("pid").map { Int($0) } : nil,
      runningFor: fields.integer("run-time").map { .milliseconds(max(0, $0)) },
      startsIn: fields.integer("run-delay").map { .milliseconds(max(0, $0)) },
      retries: fields.integer("retry-num").map { Int($0) } ?? 0)
  }
}
