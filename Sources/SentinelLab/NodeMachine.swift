/// Follows one server from what is heard of it. Knows no process and no clock.
struct NodeMachine: Sendable {
  /// How far a server has come since its start.
  enum Milestone: Sendable { case ready, synced, portTaken }

  private(set) var state = LabNode.State.idle
  private(set) var milestones: Set<Milestone> = []
  /// The last lines that it printed since its start, oldest first.
  private(set) var log: [String] = []
  private var pid: Int32 = 0

  static let logLimit = 1000

  /// A start was asked for.
  mutating func begin() {
    self = NodeMachine()
    state = .starting
  }

  mutating func apply(_ sign: Keeper.Sign) {
    switch sign {
    case .started(let pid): self.pid = pid
    case .said(let line): read(line)
    case .sent(.freeze): if state.isRunning { state = .frozen(pid: pid) }
    case .sent(.thaw):
      if case .frozen = state { state = milestones.contains(.ready) ? .up(pid: pid) : .starting }
    case .sent: break
    case .ended(let end): state = .ended(end)
    }
  }

  private mutating func read(_ line: String) {
    if log.count == Self.logLimit { log.removeFirst(Self.logLimit / 10) }
    log.append(Self.withoutSecret(line))
    guard let milestone = Self.milestone(in: line) else { return }
    milestones.insert(milestone)
    if milestone == .ready, state == .starting { state = .up(pid: pid) }
  }

  static func milestone(in line: String) -> Milestone? {
    // A Sentinel listens before it says who it is, and monitors in the same breath.
    if line.contains("Ready to accept connections") || line.contains("Sentinel ID is") {
      return .ready
    }
    if line.contains("REPLICA sync: Finished with success") { return .synced }
    if line.contains("Address already in use") { return .portTaken }
    return nil
  }

  /// A server that can't read its configuration prints the line, which may be a password's.
  private static func withoutSecret(_ line: String) -> String {
    let secret = ["requirepass", "masterauth", "auth-pass"].first { line.contains($0) }
    return secret.map { "(a line with \($0))" } ?? line
  }
}
