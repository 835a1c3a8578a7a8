import Dashboard

/// What to try first, for whoever sees the demo for the first time.
enum DemoHint {
  /// Names only keys that there are.
  static func words(_ keymap: Keymap) -> String {
    func key(_ action: Action) -> String? {
      keymap.row(of: action, in: .browsing)?.keys.first.map { "\($0)" }
    }
    let trouble = key(.lab).map { "\($0) kills a server: kill the master and see who takes over" }
    let failover = key(.failover).map { "\($0) fails over by hand" }
    let help = key(.showHelp).map { "\($0) explains all keys" }
    return "Try it: " + [trouble, failover, help].compactMap(\.self).joined(separator: "; ") + "."
  }
}
