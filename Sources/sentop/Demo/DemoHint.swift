import Dashboard

/// What to try first, for whoever sees the demo for the first time.
enum DemoHint {
  /// Names only keys that there are, and is short enough for 80 columns.
  static func words(_ keymap: Keymap) -> String {
    func key(_ action: Action) -> String? {
      keymap.row(of: action, in: .browsing)?.keys.first.map { "\($0)" }
    }
    let words = [
      key(.lab).map { "Try: \($0), kill the master, and watch." },
      key(.failover).map { "\($0) fails over by hand." },
    ]
    return words.compactMap(\.self).joined(separator: " ")
  }
}
