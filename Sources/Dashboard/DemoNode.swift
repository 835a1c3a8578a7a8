package import SentinelModel

/// A server of the demo, as it may be dealt with there.
package struct DemoNode: Hashable, Sendable {
  package enum Condition: Hashable, Sendable { case up, frozen, dead, cut }

  package var name: String
  package var address: NodeAddress
  package var role: NodeRole
  package var condition: Condition
  /// Whether its link to its master can be cut.
  package var isReplica: Bool { role == .replica }

  package init(name: String, address: NodeAddress, role: NodeRole, condition: Condition) {
    self.name = name
    self.address = address
    self.role = role
    self.condition = condition
  }

  /// What can be done to it as it is.
  var deeds: [LabDeed.Kind] {
    switch condition {
    case .up: isReplica ? [.kill, .freeze, .cut] : [.kill, .freeze]
    case .frozen: [.thaw, .kill]
    case .dead: [.restart]
    case .cut: [.restore, .kill, .freeze]
    }
  }
}

/// Something done to a server of the demo.
package struct LabDeed: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable {
    case kill, freeze, thaw, restart, cut, restore

    /// What happens then, in a few words.
    var explanation: String {
      switch self {
      case .kill: "the process ends at once, as in a crash"
      case .freeze: "it stops answering but keeps its connections"
      case .thaw: "it goes on where it stopped"
      case .restart: "it starts again with its data"
      case .cut: "its link to its master fails"
      case .restore: "its link to its master works again"
      }
    }
  }

  package var kind: Kind
  package var node: String
}
