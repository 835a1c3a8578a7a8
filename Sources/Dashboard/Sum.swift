internal import Canvas
internal import SentinelInsight
internal import SentinelModel

extension State {
  /// Sums up what is known, so that no frame has to.
  mutating func sum() {
    services = ServiceSummary.all(in: topology)
    tally = Tally(services, topology, findings)
    sumServices()
    sumSelected()
    sumEvents()
    selectedIncident.follow(incidents.reversed(), by: \.id)
    markChanges()
  }

  /// Chooses the services that are shown, and finds the selected one among them.
  mutating func sumServices() {
    let columns = MastersPane.columns(self, width: .max)
    shownServices = view(of: .masters).rows(services, columns) { $0.role != .healthy }
    // What is filtered out can't be selected, unless there is nothing else.
    selectedService.follow(shownServices.isEmpty ? services : shownServices, by: \.name)
  }

  /// Sums up what is known of the selected service.
  mutating func sumSelected() {
    let name = service?.name
    replicas = name.flatMap { ReplicaSummary.all(of: $0, in: topology) }
    sentinels = SentinelSummary.all(of: name, in: topology)
    outlook = name.map { CandidateOutlook(of: $0, in: topology, at: now) }
    lags = name.map { Lag.all(of: $0, in: topology, at: now) } ?? [:]
    sumNodes()
  }

  /// Chooses the replicas and Sentinels that are shown.
  private mutating func sumNodes() {
    shownReplicas = view(of: .replicas).rows(
      replicas ?? [], ReplicasPane.columns(self, width: .max)
    ) { $0.role != .healthy }
    shownSentinels = view(of: .sentinels).rows(
      sentinels, SentinelsPane.columns(self, width: .max)
    ) { $0.role != .healthy }
    selectedReplica.follow(shownReplicas, by: \.address)
    selectedSentinel.follow(shownSentinels, by: \.address)
  }

  /// Chooses the lines of the log that are shown.
  mutating func sumEvents() {
    shownEvents.follow(
      log, before: playback.shown?.nextEvent ?? .max, view(of: .events),
      EventsPane.columns(self, width: .max))
  }

  /// Chooses rows anew, after a person asked for others.
  mutating func sumView(of pane: Pane) {
    switch pane {
    case .masters:
      sumServices()
      sumSelected()
    case .replicas, .sentinels: sumNodes()
    case .events: sumEvents()
    }
  }

  func view(of pane: Pane) -> ListView { views[pane] ?? ListView() }

  /// Notes which cells say something else than before, of the rows in view. Only news can change
  /// them: what a person brings into view is noted with the next.
  private mutating func markChanges() {
    guard playback.isLive else { return }
    changes.note(
      MastersPane.watched(self) + ReplicasPane.watched(self) + SentinelsPane.watched(self), at: now)
  }
}
