/// What a server is to a service.
public enum NodeRole: String, Sendable, CaseIterable {
  /// The writable node.
  case master
  /// A copy of the master.
  case replica
  /// A Sentinel process.
  case sentinel

  /// Reads the servers' words, old and new: `slave` and `replica`, `master` and `primary`.
  public init?(wire word: some StringProtocol) {
    switch word {
    case "master", "primary": self = .master
    case "slave", "replica": self = .replica
    case "sentinel": self = .sentinel
    default: return nil
    }
  }
}
