import SentinelInsight

/// How the program looks and behaves where nothing else says so.
struct ConfigDefaults: Equatable, Sendable {
  var theme: String?
  var color: ScreenOptions.ColorChoice?
  var ascii: Bool?
  var mouse: Bool?
  var interval: TimeSpan?
  var isReadOnly: Bool?
  /// From which severity on the bell rings.
  var bell: Threshold?
  /// From which severity on a notice goes to the desktop.
  var notify: Threshold?
  var clock: Clock?

  /// Whose time the screen shows.
  enum Clock: String, ConfigChoice {
    case utc, local
  }

  /// From which severity on something is done.
  enum Threshold: String, ConfigChoice {
    case never, info, notice, warning, critical

    /// Nil for never.
    var severity: Severity? { Severity(rawValue: rawValue) }
  }
}

extension ConfigDefaults: Decodable {
  init(from decoder: any Decoder) throws {
    let fields = try ConfigFields(
      decoder,
      known: [
        "theme", "color", "ascii", "mouse", "interval", "read_only", "bell", "notify", "clock",
      ])
    theme = fields.value("theme")
    color = fields.value("color")
    ascii = fields.value("ascii")
    mouse = fields.value("mouse")
    interval = fields.value("interval")
    interval?.note(in: fields, "interval")
    isReadOnly = fields.value("read_only")
    bell = fields.value("bell")
    notify = fields.value("notify")
    clock = fields.value("clock")
  }
}
