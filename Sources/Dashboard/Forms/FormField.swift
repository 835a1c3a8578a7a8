package import Canvas
import SentinelInsight
import SentinelModel

/// One line of a form: what it is for, and what was typed.
package struct FormField: Hashable, Sendable {
  package let name: Name
  package private(set) var input: TextField

  /// What a field is for.
  package enum Name: Hashable, Sendable {
    case service, address, quorum
    /// A setting, by the option of `SENTINEL SET`.
    case option(Option)
  }

  /// The settings that `SENTINEL SET` knows.
  package enum Option: String, Hashable, Sendable, CaseIterable {
    case quorum
    case downAfter = "down-after-milliseconds"
    case failoverTimeout = "failover-timeout"
    case parallelSyncs = "parallel-syncs"
    case notificationScript = "notification-script"
    case clientReconfigScript = "client-reconfig-script"
    case authUser = "auth-user"
    case authPassword = "auth-pass"
    case masterRebootDownAfter = "master-reboot-down-after-period"
    case renameCommand = "rename-command"
  }

  init(_ name: Name, _ text: String = "") {
    self.name = name
    input = TextField(text, isMasked: name == .option(.authPassword), limit: name.limit)
  }

  mutating func type(_ key: Key) -> Bool { input.type(key) }

  package var text: String { input.text }

  /// What stands before it.
  package var label: String {
    switch name {
    case .service: "name"
    case .address: "address"
    case .quorum: "quorum"
    case .option(let option): option.rawValue
    }
  }

  /// A sentence on what belongs there.
  var help: String {
    switch name {
    case .service: "The new service's name: letters, digits, '.', '-' and '_'."
    case .address: "Where its master listens: HOST:PORT, 6379 if no port is given."
    case .quorum: "How many Sentinels must agree that it is down."
    case .option(let option): option.help
    }
  }

  /// Why it can't stay so; nil where it can.
  package var problem: String? {
    if text.isEmpty {
      if case .option = name { return nil }
      return "missing"
    }
    switch name {
    case .service: return ServiceName(text).isSafe ? nil : "only letters, digits, . - _"
    case .address:
      return NodeAddress(parsing: text, defaultPort: 6379) == nil ? "not HOST:PORT" : nil
    case .quorum: return Self.isNumber(text, least: 1) ? nil : "a number from 1 up"
    case .option(let option): return option.problem(with: text)
    }
  }

  fileprivate static func isNumber(_ text: String, least: Int) -> Bool {
    Int(text).map { $0 >= least && $0 <= Int(Int32.max) } ?? false
  }
}

extension FormField.Name {
  fileprivate var limit: Int {
    switch self {
    case .quorum, .option(.quorum), .option(.parallelSyncs): 10
    default: 512
    }
  }
}

extension FormField.Option {
  /// What takes a service's setting away.
  static let none = "-"

  fileprivate var help: String {
    switch self {
    case .quorum: "How many Sentinels must agree that the master is down."
    case .downAfter: "After how many ms without an answer a node is taken for down."
    case .failoverTimeout:
      "How many ms a step of a failover may take; the next try waits twice that."
    case .parallelSyncs: "How many replicas are pointed to a new master at a time."
    case .notificationScript: "A script that is run at each event: its path. - for none."
    case .clientReconfigScript: "A script that is run at each switch: its path. - for none."
    case .authUser: "As whom Sentinels log in to the servers. - for none."
    case .authPassword: "Their password. It is never shown. - for none."
    case .masterRebootDownAfter: "How many ms a master that was restarted may take to load."
    case .renameCommand: "Old and new name of a command that was renamed: CONFIG MYCONFIG."
    }
  }

  fileprivate func problem(with text: String) -> String? {
    switch self {
    case .quorum, .downAfter, .failoverTimeout, .parallelSyncs:
      FormField.isNumber(text, least: 1) ? nil : "a number from 1 up"
    case .masterRebootDownAfter: FormField.isNumber(text, least: 0) ? nil : "a number from 0 up"
    case .renameCommand: text.split(separator: " ").count == 2 ? nil : "two names: OLD NEW"
    case .notificationScript, .clientReconfigScript:
      text == Self.none || text.hasPrefix("/") ? nil : "a path from / on, or -"
    case .authUser, .authPassword: nil
    }
  }

  /// The setting that a text means; nil where it means none.
  func setting(_ text: String) -> MonitorOption? {
    let value = text == Self.none ? "" : text
    switch self {
    case .quorum: return Int(text).map { .quorum($0) }
    case .downAfter: return Int64(text).map { .downAfter(.milliseconds($0)) }
    case .failoverTimeout: return Int64(text).map { .failoverTimeout(.milliseconds($0)) }
    case .parallelSyncs: return Int(text).map { .parallelSyncs($0) }
    case .masterRebootDownAfter:
      return Int64(text).map { .masterRebootDownAfter(.milliseconds($0)) }
    case .notificationScript: return .notificationScript(value)
    case .clientReconfigScript: return .clientReconfigScript(value)
    case .authUser: return .authUser(value)
    case .authPassword: return .authPassword(value)
    case .renameCommand:
      let names = text.split(separator: " ")
      guard names.count == 2 else { return nil }
      return .renameCommand(String(names[0]), to: String(names[1]))
    }
  }
}
