/// What an operator can ask of Sentinels: its words, and how much it can break.
public enum Command: Hashable, Sendable {
  /// Promote a replica of the service now.
  case failover(ServiceName)
  /// Forget replicas, Sentinels and flags of the services that match a glob pattern.
  case reset(pattern: String)
  /// Ask whether quorum and majority can be reached. Changes nothing.
  case checkQuorum(ServiceName)
  /// Begin to monitor a master.
  case monitor(ServiceName, NodeAddress, quorum: Int)
  /// Stop monitoring a service.
  case remove(ServiceName)
  /// Change settings of a service.
  case set(ServiceName, [MonitorOption])
  /// Rewrite the configuration file.
  case flushConfiguration

  /// The words to send, in order.
  public var words: [String] {
    switch self {
    case .failover(let service): ["SENTINEL", "FAILOVER", service.rawValue]
    case .reset(let pattern): ["SENTINEL", "RESET", pattern]
    case .checkQuorum(let service): ["SENTINEL", "CKQUORUM", service.rawValue]
    case .monitor(let service, let address, let quorum):
      ["SENTINEL", "MONITOR", service.rawValue, address.host, "\(address.port)", "\(quorum)"]
    case .remove(let service): ["SENTINEL", "REMOVE", service.rawValue]
    case .set(let service, let options):
      ["SENTINEL", "SET", service.rawValue] + options.flatMap(\.words)
    case .flushConfiguration: ["SENTINEL", "FLUSHCONFIG"]
    }
  }

  /// The words fit to be shown and logged: secrets are masked.
  public var publicWords: [String] {
    guard case .set(let service, let options) = self else { return words }
    return ["SENTINEL", "SET", service.rawValue] + options.flatMap(\.publicWords)
  }

  /// Whether it changes a deployment.
  public var isChange: Bool {
    if case .checkQuorum = self { false } else { true }
  }

  /// The service it speaks of; nil where it speaks of several or none.
  public var service: ServiceName? {
    switch self {
    case .failover(let service), .checkQuorum(let service), .monitor(let service, _, _),
      .remove(let service), .set(let service, _):
      service
    case .reset, .flushConfiguration: nil
    }
  }

  /// Whom it is meant for where nobody says otherwise. Sentinels don't pass changes on, so those go
  /// to all; a failover goes to exactly one, since each that got it would promote a replica.
  public var target: Target {
    switch self {
    case .failover, .reset: .first
    case .checkQuorum, .monitor, .remove, .set, .flushConfiguration: .all
    }
  }
}

/// Which Sentinels a command is for.
public enum Target: Hashable, Sendable {
  /// The first one that can be reached, in the order of the list.
  case first
  /// One that can be reached, chosen by chance.
  case any
  /// Every one, at the same time.
  case all
  /// That one.
  case one(NodeAddress)
}

/// A setting of a service, as `SENTINEL SET` takes it.
public enum MonitorOption: Hashable, Sendable {
  /// `down-after-milliseconds`.
  case downAfter(Duration)
  /// `failover-timeout`.
  case failoverTimeout(Duration)
  /// `parallel-syncs`.
  case parallelSyncs(Int)
  /// `quorum`.
  case quorum(Int)
  /// `auth-pass`; empty for none.
  case authPassword(String)
  /// `auth-user`; empty for none.
  case authUser(String)
  /// `notification-script`; empty for none.
  case notificationScript(String)
  /// `client-reconfig-script`; empty for none.
  case clientReconfigScript(String)
  /// `rename-command`, which takes two values.
  case renameCommand(String, to: String)
  /// `master-reboot-down-after-period`, from 7.0 on.
  case masterRebootDownAfter(Duration)
  /// Any other option with its value.
  case custom(String, String)

  /// Any other option with a whole number as its value.
  public static func custom(_ option: String, _ value: Int) -> MonitorOption {
    .custom(option, "\(value)")
  }

  /// The option and its value, as sent.
  public var words: [String] {
    switch self {
    case .downAfter(let time): ["down-after-milliseconds", "\(time.inMilliseconds)"]
    case .failoverTimeout(let time): ["failover-timeout", "\(time.inMilliseconds)"]
    case .parallelSyncs(let count): ["parallel-syncs", "\(count)"]
    case .quorum(let count): ["quorum", "\(count)"]
    case .authPassword(let password): ["auth-pass", password]
    case .authUser(let user): ["auth-user", user]
    case .notificationScript(let path): ["notification-script", path]
    case .clientReconfigScript(let path): ["client-reconfig-script", path]
    case .renameCommand(let old, let new): ["rename-command", old, new]
    case .masterRebootDownAfter(let time):
      ["master-reboot-down-after-period", "\(time.inMilliseconds)"]
    case .custom(let option, let value): [option, value]
    }
  }

  /// The option and its value, with a password masked.
  public var publicWords: [String] {
    let words = words
    return words[0].lowercased().hasSuffix("pass") ? [words[0], "******"] : words
  }
}
