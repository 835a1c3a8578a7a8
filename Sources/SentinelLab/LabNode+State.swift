extension LabNode {
  /// Where a server is in its life.
  package enum State: Sendable, Equatable {
    /// Not started yet.
    case idle
    /// On its way, not ready for its callers.
    case starting
    case up(pid: Int32)
    /// Stopped in the middle of whatever it did; its connections stay open and silent.
    case frozen(pid: Int32)
    /// Waited for; its files are kept for the next start.
    case ended(End)

    package var isRunning: Bool {
      switch self {
      case .starting, .up, .frozen: true
      case .idle, .ended: false
      }
    }
  }

  /// How a server ended.
  package enum End: Sendable, Equatable {
    case exited(Int32)
    /// By the signal of this number.
    case signaled(Int32)
    /// It could not be run at all.
    case failed(String)
  }
}
