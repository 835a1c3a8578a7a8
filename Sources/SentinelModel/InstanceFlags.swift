/// One word of the field `flags`.
public enum InstanceFlag: String, Sendable, CaseIterable {
  /// Down in the eyes of the Sentinel that was asked.
  case sDown = "s_down"
  /// Down by quorum; masters only.
  case oDown = "o_down"
  /// A master.
  case master
  /// A replica; the wire says `slave`.
  case replica = "slave"
  /// A Sentinel.
  case sentinel
  /// At least one link to it isn't established now. Short blips are normal.
  case disconnected
  /// That Sentinel told the asked one that it has the master in sdown.
  case masterDown = "master_down"
  /// The asked Sentinel tries to run, or runs, a failover.
  case failoverInProgress = "failover_in_progress"
  /// Chosen for promotion.
  case promoted
  /// It was told to follow the new master.
  case reconfSent = "reconf_sent"
  /// It reports the new master.
  case reconfInProgress = "reconf_inprog"
  /// Its link to the new master is up.
  case reconfDone = "reconf_done"
  /// The failover was started by a person.
  case forceFailover = "force_failover"
  /// The failover was started with `COORDINATED` (Valkey 9).
  case coordinatedFailover = "coordinated_failover"
  /// SCRIPT KILL was sent to a busy node.
  case scriptKillSent = "script_kill_sent"
  /// It restarted and is loading its data.
  case masterReboot = "master_reboot"

  /// Reads one word, in the old or the new vocabulary.
  public init?(wire word: some StringProtocol) {
    self.init(text: String(word))
  }

  init?(text word: String) {
    switch word {
    case "primary": self = .master
    case "replica": self = .replica
    case "primary_down": self = .masterDown
    case "primary_reboot": self = .masterReboot
    default: self.init(rawValue: word)
    }
  }

  var bit: UInt32 {
    switch self {
    case .sDown: 1
    case .oDown: 1 << 1
    case .master: 1 << 2
    case .replica: 1 << 3
    case .sentinel: 1 << 4
    case .disconnected: 1 << 5
    case .masterDown: 1 << 6
    case .failoverInProgress: 1 << 7
    case .promoted: 1 << 8
    case .reconfSent: 1 << 9
    case .reconfInProgress: 1 << 10
    case .reconfDone: 1 << 11
    case .forceFailover: 1 << 12
    case .coordinatedFailover: 1 << 13
    case .scriptKillSent: 1 << 14
    case .masterReboot: 1 << 15
    }
  }
}

/// The words of the field `flags`, known and unknown, as a set.
public struct InstanceFlags: Hashable, Sendable {
  private var bits: UInt32 = 0
  /// Words that this library doesn't know, in the order they came.
  public private(set) var unknown: [String] = []

  /// A set of known flags.
  public init(_ flags: InstanceFlag...) {
    for flag in flags { bits |= flag.bit }
  }

  /// Reads the comma-separated list of a Sentinel's reply. Compares whole words.
  public init(wire text: some StringProtocol) {
    // All is well mostly, and said in one word.
    switch String(text) {
    case "master": insert(.master)
    case "slave": insert(.replica)
    case "sentinel": insert(.sentinel)
    case let text: read(text)
    }
  }

  private mutating func read(_ text: String) {
    for word in text.utf8.split(separator: UInt8(ascii: ",")) {
      let word = String(Substring(word).trimmingSpaces())
      if let flag = InstanceFlag(text: word) {
        bits |= flag.bit
      } else if !word.isEmpty {
        unknown.append(word)
      }
    }
  }

  /// Whether the flag is set.
  public func contains(_ flag: InstanceFlag) -> Bool { bits & flag.bit != 0 }

  /// Sets a flag.
  public mutating func insert(_ flag: InstanceFlag) { bits |= flag.bit }

  /// The known flags that are set, in the order in which a Sentinel prints them.
  public var known: [InstanceFlag] { InstanceFlag.allCases.filter(contains) }

  /// The role that the flags name: exactly one in any reply of a real Sentinel.
  public var role: NodeRole? {
    if contains(.master) { return .master }
    if contains(.replica) { return .replica }
    return contains(.sentinel) ? .sentinel : nil
  }

  /// Whether the node is down by anybody's word.
  public var isDown: Bool { contains(.sDown) || contains(.oDown) }
}

extension InstanceFlags: CustomStringConvertible, ExpressibleByArrayLiteral {
  /// A set of known flags.
  public init(arrayLiteral flags: InstanceFlag...) {
    for flag in flags { bits |= flag.bit }
  }

  /// The words as a Sentinel writes them, but for `replica`.
  public var description: String {
    (known.map { $0 == .replica ? "replica" : $0.rawValue } + unknown).joined(separator: ",")
  }
}

extension Substring {
  /// Without the blanks at both ends.
  func trimmingSpaces() -> Substring {
    // Whether a character is a blank takes a look into Unicode's tables, mostly for nothing.
    if utf8.allSatisfy({ (0x21...0x7e).contains($0) }) { return self }
    var rest = self
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return rest
  }
}
