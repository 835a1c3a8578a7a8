package import SentinelInsight
internal import SentinelModel

/// How the program looks and watches: what a person may change while it runs.
package struct Settings: Hashable, Sendable {
  package var theme: String
  /// The themes there are to choose from.
  package var themes: [String]
  package var isASCII: Bool
  package var usesMouse: Bool
  package var usesUTC: Bool
  package var interval: Duration
  /// From which severity on the bell rings; nil for never.
  package var bell: Severity?
  /// From which severity on the desktop is told; nil for never.
  package var notice: Severity?

  package init(
    theme: String = "dark", themes: [String] = ["dark"], isASCII: Bool = false,
    usesMouse: Bool = true, usesUTC: Bool = false, interval: Duration = .seconds(1),
    bell: Severity? = nil, notice: Severity? = nil
  ) {
    self.theme = theme
    self.themes = themes
    self.isASCII = isASCII
    self.usesMouse = usesMouse
    self.usesUTC = usesUTC
    self.interval = interval
    self.bell = bell
    self.notice = notice
  }
}

extension Settings {
  /// The same as it stands in the file that is read at the start.
  var yaml: [String] {
    let severities = { (severity: Severity?) in severity?.rawValue ?? "never" }
    return [
      "defaults:", "  theme: \(theme)", "  ascii: \(isASCII)", "  mouse: \(usesMouse)",
      "  interval: \(interval.inMilliseconds)ms", "  clock: \(usesUTC ? "utc" : "local")",
      "  bell: \(severities(bell))", "  notify: \(severities(notice))",
    ]
  }
}
