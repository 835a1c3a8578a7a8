package import SentinelModel

/// What becomes of one setting at one Sentinel.
package struct SettingChange: Hashable, Sendable {
  package var sentinel: NodeAddress
  /// The option, as `SENTINEL SET` calls it.
  package var option: String
  /// What it has; nil where Sentinels don't tell that.
  package var old: String?
  /// What it will have; masked where it is a secret.
  package var new: String

  /// Whether there is nothing to be done.
  package var isAlreadySo: Bool { old == new }

  /// What an option means at a Sentinel, by its last words.
  package init(_ option: MonitorOption, at vantage: Vantage, of service: ServiceName) {
    sentinel = vantage.address
    let words = option.publicWords
    self.option = option.name
    old = vantage.value(of: option.name, service)
    let new = words.dropFirst().joined(separator: " ")
    // The same number may be spelled in more than one way.
    self.new = old == nil ? new : Int(new).map { "\($0)" } ?? new
  }
}

extension MonitorOption {
  /// The option's name, as replies spell it.
  package var name: String { words.first?.lowercased() ?? "" }

  /// Whether Sentinels tell what they have for it.
  package var isTold: Bool { Drift.Setting(rawValue: name)?.isSettable ?? false }

  /// Whether its value is shown to nobody.
  package var isSecret: Bool { publicWords != words }
}

extension Vantage {
  /// What it has for an option of a service, by its last words; nil where Sentinels don't tell that.
  package func value(of option: String, _ service: ServiceName) -> String? {
    guard let setting = Drift.Setting(rawValue: option), setting.isSettable,
      let master = services[service]?.master
    else { return nil }
    return setting.value(self, master)
  }

  /// Its main version number, where it is known.
  var majorVersion: Int? {
    identity?.version.flatMap { $0.split(separator: ".").first }.flatMap { Int($0) }
  }
}
