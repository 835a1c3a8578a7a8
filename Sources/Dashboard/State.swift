package import Canvas
package import SentinelInsight
package import SentinelModel

/// All that a frame depends on. Changed by `update` alone.
package struct State: Sendable {
  // What the session was started with.
  package var deployment: String
  package var keymap = Keymap.standard
  /// The columns that a person wants to see, by their titles; all where none are named.
  package var columnTitles: [Pane: [String]] = [:]
  /// How it looks and watches; changed on the page of settings.
  package internal(set) var settings: Settings
  /// Seconds that the clock on the wall is ahead of UTC.
  private let localOffset: Int
  package internal(set) var access: Access
  /// Whether each change needs the name typed that it is about.
  package let isProtected: Bool
  package internal(set) var size: Size
  /// The moment that is shown: the present one, unless the display is frozen.
  package internal(set) var now: Timestamp
  /// The present moment.
  package internal(set) var present: Timestamp
  /// The servers of the demo; none elsewhere.
  package internal(set) var labNodes: [DemoNode] = []

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
  package internal(set) var trends = Trends()
  /// What was known last, also while the display is frozen.
  var latest: Snapshot?
  package internal(set) var playback = Playback()
  /// What somebody should be told of who isn't looking.
  var alert: Alert?

  // What is looked at.
  package internal(set) var mode = Mode.browsing
  /// How each list is to be seen.
  package internal(set) var views: [Pane: ListView] = [:]
  /// What is looked for in help and in pages without a list.
  package internal(set) var search: Search?
  // The rows that are shown: those that match, in the order that was asked for.
  package internal(set) var shownServices: [ServiceSummary] = []
  package internal(set) var shownReplicas: [ReplicaSummary] = []
  package internal(set) var shownSentinels: [SentinelSummary] = []
  package internal(set) var shownEvents = EventRows()
  package internal(set) var pane = Pane.masters
  /// The pane that was chosen before an event's details were opened from the page of events.
  var paneBeneathEvents: Pane?
  package internal(set) var selectedService = Selection<ServiceName>()
  package internal(set) var selectedReplica = Selection<NodeAddress>()
  package internal(set) var selectedSentinel = Selection<NodeAddress>()
  package internal(set) var selectedIncident = Selection<Int>()
  /// The incident that others are held against.
  package internal(set) var markedIncident: Int?
  package internal(set) var selectedSetting = Selection<Setting>()
  package internal(set) var eventsPlace = EventsPlace()
  package internal(set) var scrolls: [Pane: Scroll] = [:]
  package internal(set) var notice: Notice?
  /// The form that the open question comes from: no is not to lose what was typed.
  var heldForm: Form?

  // What was asked for in this session.
  package internal(set) var commandLog = Journal<CommandLogEntry>(capacity: 500)
  /// Commands that are under way, with their number in the command log.
  package internal(set) var underWay: [Command: Int] = [:]
  /// The changes that were agreed to, the latest last, each followed to its end.
  package internal(set) var undertakings: [Undertaking] = []

  package init(
    deployment: String, seeds: [NodeAddress], size: Size, now: Timestamp, utcOffset: Int = 0,
    access: Access = .unlocked, settings: Settings = Settings(), isProtected: Bool = false
  ) {
    self.deployment = deployment
    self.settings = settings
    self.isProtected = isProtected
    localOffset = utcOffset
    self.access = access
    self.size = size
    self.now = now
    present = now
    topology = Topology(seeds: seeds)
    sum()
  }
}

extension State {
  package var symbols: Symbols { settings.isASCII ? .ascii : .unicode }
  package var interval: Duration { settings.interval }
  /// Seconds that the shown clock is ahead of UTC.
  package var utcOffset: Int { settings.usesUTC ? 0 : localOffset }

  /// The list that the keys are for: events also where they take the whole screen.
  package var activePane: Pane { mode.page == .events ? .events : pane }

  /// The service that the panes on the right speak of.
  package var service: ServiceSummary? {
    guard let row = selectedServiceRow else { return nil }
    return services[row]
  }

  private var selectedServiceRow: Int? { selectedService.row(in: services, by: \.name) }

  /// The failovers that were asked for here and go on. One of which nothing is heard any more, since
  /// its Sentinel died, doesn't go on for ever: Sentinels themselves give it three minutes.
  func running(atMost time: Duration = .seconds(180)) -> [FailoverProgress] {
    failovers.filter { failover in
      guard !failover.stage.isFinal, now.duration(since: failover.startedAt) < time else {
        return false
      }
      // Where everybody is home, there is nothing left to wait for.
      return !incidents.contains {
        $0.service == failover.service && $0.homeAt.map { $0 > failover.startedAt } ?? false
      }
    }
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

  /// Whether a cell of a row says something else than three seconds ago; nil where none does.
  func changed<Row>(
    in pane: Pane, _ name: @escaping (Row) -> String
  ) -> ((Row, String) -> Bool)? {
    guard !changes.isEmpty else { return nil }
    let service = pane == .masters ? nil : selectedService.name
    return { [changes, now] row, column in
      changes.isMarked(
        Changes.Cell(pane: pane, service: service, row: name(row), column: column), at: now)
    }
  }

  var layout: Layout {
    let empty = services.isEmpty ? MastersPane.emptyWords(self).count - 1 : 0
    return Layout(
      size, focus: pane, masters: max(services.count, empty), replicas: replicas?.count ?? 1,
      sentinels: sentinels.count + SentinelsPane.notes(self).count, hasStrip: strip != nil)
  }
}
