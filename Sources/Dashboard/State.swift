package import Canvas
package import SentinelInsight
package import SentinelModel

/// All that a frame depends on. Changed by `update` alone.
package struct State: Sendable {
  // What the session was started with.
  package var deployment: String
  package var themeName: String
  package var interval: Duration
  /// Seconds that the clock on the wall is ahead of UTC.
  package var utcOffset: Int
  package var symbols: Symbols
  package var keymap = Keymap.standard
  package internal(set) var access: Access
  package internal(set) var size: Size
  package internal(set) var now: Timestamp

  // What is known, and what follows from it: summed up once for each `observed`, not for each frame.
  package internal(set) var topology: Topology
  package internal(set) var log = EventLog()
  package internal(set) var failovers: [FailoverProgress] = []
  /// What has happened to the masters, and what goes on.
  package internal(set) var incidents: [Incident] = []
  /// What the doctor has found, the worst first.
  package internal(set) var findings: [Finding] = []
  /// When the Sentinels last tried what.
  package internal(set) var clock = FailoverClock()
  package internal(set) var services: [ServiceSummary] = []
  package internal(set) var replicas: [ReplicaSummary]?
  package internal(set) var sentinels: [SentinelSummary] = []
  /// Whom the Sentinels of the selected service would promote.
  package internal(set) var outlook: CandidateOutlook?
  /// How far each replica of the selected service is behind.
  package internal(set) var lags: [NodeAddress: Lag] = [:]
  package internal(set) var tally = Tally()
  package internal(set) var changes = Changes()

  // What is looked at.
  package internal(set) var mode = Mode.browsing
  package internal(set) var pane = Pane.masters
  package internal(set) var selectedService = Selection<ServiceName>()
  package internal(set) var selectedReplica = Selection<NodeAddress>()
  package internal(set) var selectedSentinel = Selection<NodeAddress>()
  package internal(set) var eventsPlace = EventsPlace()
  package internal(set) var scrolls: [Pane: Scroll] = [:]
  package internal(set) var notice: Notice?

  // What was asked for in this session.
  package internal(set) var commandLog = Journal<CommandLogEntry>(capacity: 500)
  /// Commands that are under way, with their number in the command log.
  package internal(set) var underWay: [Command: Int] = [:]

  package init(
    deployment: String, seeds: [NodeAddress], size: Size, now: Timestamp, utcOffset: Int = 0,
    symbols: Symbols = .unicode, access: Access = .unlocked, interval: Duration = .seconds(1),
    themeName: String = "dark"
  ) {
    self.deployment = deployment
    self.themeName = themeName
    self.interval = interval
    self.utcOffset = utcOffset
    self.symbols = symbols
    self.access = access
    self.size = size
    self.now = now
    topology = Topology(seeds: seeds)
    sum()
  }
}

extension State {
  /// The service that the panes on the right speak of.
  package var service: ServiceSummary? {
    guard let row = selectedServiceRow else { return nil }
    return services[row]
  }

  var selectedServiceRow: Int? { selectedService.row(in: services, by: \.name) }

  /// The failovers that were asked for here and go on. One of which nothing is heard any more, since
  /// its Sentinel died, doesn't go on for ever: Sentinels themselves give it three minutes.
  func running(atMost time: Duration = .seconds(180)) -> [FailoverProgress] {
    failovers.filter { !$0.stage.isFinal && now.duration(since: $0.startedAt) < time }
  }

  /// The failover that is shown as a strip: of the selected service, else of any, while it goes on
  /// and for a minute after everybody is home.
  var strip: Incident? {
    let shown = incidents.filter { incident in
      guard incident.isFailover, incident.stage != .unwatched else { return false }
      return incident.closedAt.map { now.duration(since: $0) < .seconds(60) } ?? true
    }
    return shown.last { $0.service == selectedService.name } ?? shown.last
  }

  /// Whether a cell says something else than three seconds ago.
  func isChanged(_ pane: Pane, _ row: String, _ column: String) -> Bool {
    let service = pane == .masters ? nil : selectedService.name
    return changes.isMarked(
      Changes.Cell(pane: pane, service: service, row: row, column: column), at: now)
  }

  var layout: Layout {
    let empty = services.isEmpty ? MastersPane.emptyWords(self).count - 1 : 0
    return Layout(
      size, focus: pane, masters: max(services.count, empty), replicas: replicas?.count ?? 1,
      sentinels: sentinels.count + SentinelsPane.notes(self).count, hasStrip: strip != nil)
  }
}
