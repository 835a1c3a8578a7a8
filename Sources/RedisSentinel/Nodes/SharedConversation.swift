import Synchronization

/// The conversation that plain commands share, and how many are in it.
///
/// Whoever enters has to leave. One that is dismissed lets nobody in any more; the last to leave it
/// gives it back.
final class SharedConversation<Member: Hashable & Sendable>: Sendable {
  private struct State {
    var current: Member?
    var users = 0
    var usedAt = ContinuousClock.now
    /// Those that were dismissed with somebody still in them.
    var leaving: [Member: Int] = [:]
  }

  /// Whether to keep in mind when it was used last.
  private let keepsTime: Bool
  private let state = Mutex(State())

  init(keepsTime: Bool) {
    self.keepsTime = keepsTime
  }

  var current: Member? { state.withLock(\.current) }

  /// Lets somebody in; nil where there is none.
  func enter() -> Member? {
    state.withLock { state in
      guard state.current != nil else { return nil }
      state.users += 1
      return state.current
    }
  }

  /// Somebody is done; true where the conversation was dismissed and that was the last one in it.
  func leave(_ member: Member) -> Bool {
    let now = keepsTime ? ContinuousClock.now : nil
    return state.withLock { state in
      guard member != state.current else {
        state.users -= 1
        if let now { state.usedAt = now }
        return false
      }
      guard let users = state.leaving[member] else { return false }
      state.leaving[member] = users > 1 ? users - 1 : nil
      return users == 1
    }
  }

  /// Begins a conversation with so many in it.
  func begin(_ member: Member, users: Int) {
    state.withLock { state in
      state.current = member
      state.users = users
      state.usedAt = .now
    }
  }

  /// Lets nobody in any more. Gives it back at once where nobody is in it; with `ifUnused`, nothing
  /// happens where somebody is.
  func dismiss(ifUnused: Bool = false) -> Member? {
    state.withLock { state in
      guard let member = state.current, !ifUnused || state.users == 0 else { return nil }
      state.current = nil
      defer { state.users = 0 }
      guard state.users > 0 else { return member }
      state.leaving[member] = state.users
      return nil
    }
  }

  /// Whether nobody has used it since.
  func isUnused(since limit: ContinuousClock.Instant) -> Bool {
    state.withLock { $0.current != nil && $0.usedAt < limit }
  }

  /// It has just proved that it works.
  func wasUsed(at now: ContinuousClock.Instant = .now) {
    state.withLock { $0.usedAt = now }
  }
}
