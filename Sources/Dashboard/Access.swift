/// Whether changes of the deployment may be asked for.
package enum Access: Hashable, Sendable {
  case unlocked
  /// Locked by hand; the same key unlocks.
  case locked
  /// Locked for the whole session, by this: a flag, a profile.
  case readOnly(because: String)

  package var isUnlocked: Bool { self == .unlocked }
}
