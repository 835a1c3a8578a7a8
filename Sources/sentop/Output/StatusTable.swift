import SentinelInsight
import SentinelModel

/// What `sentop status` prints for a person.
struct StatusTable {
  let lines: [String]

  init(
    _ topology: Topology, _ incidents: [Incident] = [], only service: ServiceName?,
    at now: Timestamp
  ) {
    var lines: [String] = []
    let summaries = ServiceSummary.all(in: topology).filter {
      service == nil || $0.name == service
    }
    var masters = TableOutput(
      ["MASTER", "ADDRESS", "STATE", "QUORUM", "REPLICAS", "AGREE", "EPOCH"])
    for summary in summaries {
      masters.add([
        summary.name.rawValue, summary.address.description,
        summary.failover.map { "\(summary.health.word), \($0.step)" } ?? summary.health.word,
        "\(summary.usableSentinels) of \(summary.quorum)",
        "\(summary.replicasUp.map(String.init) ?? "?")/\(summary.replicasKnown)",
        summary.agreement.map { "\($0.agree.count)/\($0.of)" } ?? "–",
        "\(summary.configEpoch)",
      ])
    }
    lines += masters.lines
    for summary in summaries {
      lines += Self.differing(summary, in: topology)
      if let incident = incidents.openFailover(of: summary.name) {
        lines.append(Self.failover(incident, at: now))
      }
    }
    for summary in summaries {
      lines += ["", "Replicas of \(summary.name.rawValue.printable)"]
      lines += Self.replicas(of: summary.name, in: topology, at: now)
    }
    for summary in summaries {
      lines += ["", "Sentinels of \(summary.name.rawValue.printable)"]
      lines += Self.sentinels(of: summary.name, in: topology)
    }
    if summaries.isEmpty {
      lines += ["", "Sentinels"] + Self.sentinels(of: nil, in: topology)
    }
    self.lines = lines
  }

  /// Who holds another master than most, and which.
  private static func differing(_ summary: ServiceSummary, in topology: Topology) -> [String] {
    guard let agreement = summary.agreement, !agreement.isComplete else { return [] }
    let others = agreement.differ.map { sentinel in
      let master = topology[sentinel]?.services[summary.name]?.master
      let epoch = master.map { " in epoch \($0.configEpoch)" } ?? ""
      return "\(sentinel) holds \(master.map { "\($0.address)" } ?? "another master")\(epoch)"
    }
    let words = others + agreement.without.map { "\($0) doesn't monitor it" }
    return words.map { "\(summary.name): \($0)".printable }
  }

  /// `session: failover running, automatic, 127.0.0.1:26380 leads, epoch 7, from … to …`
  private static func failover(_ incident: Incident, at now: Timestamp) -> String {
    var words = ["failover \(incident.stage.rawValue)"]
    if let cause = incident.cause { words.append(cause.rawValue) }
    if let leader = incident.leader { words.append("\(leader) leads") }
    if let epoch = incident.epoch { words.append("epoch \(epoch)") }
    words.append("from \(incident.oldMaster)")
    if let new = incident.newMaster { words[words.count - 1] += " to \(new)" }
    if let time = incident.withoutMaster(at: now), time > .zero {
      words.append("no master for \(Measure.time(time))")
    }
    words += incident.missing.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.words)" }
    return "\(incident.service): \(words.joined(separator: ", "))".printable
  }

  private static func replicas(
    of service: ServiceName, in topology: Topology, at now: Timestamp
  ) -> [String] {
    let replicas = ReplicaSummary.all(of: service, in: topology) ?? []
    guard !replicas.isEmpty else { return ["none"] }
    let lags = Lag.all(of: service, in: topology, at: now)
    let outlook = CandidateOutlook(of: service, in: topology, at: now)
    var table = TableOutput(
      ["ADDRESS", "STATE", "LINK", "LAG", "LAG BY", "OFFSET", "PRIORITY", "NEXT"])
    for replica in replicas {
      let lag = lags[replica.address]
      table.add([
        replica.address.description, replica.health.word, replica.link.isUp ? "up" : "down",
        lag.map(words) ?? "–", lag?.source.word ?? "–", "\(replica.state.replicationOffset)",
        "\(replica.state.priority)", words(outlook.prospect(of: replica.address)),
      ])
    }
    return table.lines
  }

  private static func words(_ lag: Lag) -> String {
    if lag.isSyncing { return "syncing" }
    if lag.isForeign { return "foreign" }
    return lag.bytes.map(Measure.bytes) ?? "–"
  }

  /// Its place among those that would be promoted, or why it wouldn't be.
  private static func words(_ prospect: Prospect) -> String {
    let place = prospect.rank.map { Measure.ordinal($0) + (prospect.isDisputed ? "?" : "") }
    return place ?? prospect.rejection?.word ?? "–"
  }

  private static func sentinels(of service: ServiceName?, in topology: Topology) -> [String] {
    var table = TableOutput(["ADDRESS", "STATE", "MASTER IT SEES", "EPOCH", "VERSION", "RTT"])
    for sentinel in SentinelSummary.all(of: service, in: topology) {
      let vantage = sentinel.vantage
      let state =
        switch vantage?.contact {
        case .unreachable(_, let reason)?: "unreachable: \(reason)"
        case .connecting?: "connecting"
        case .reachable?: vantage?.isTilted == true ? "up, in tilt" : "up"
        case nil: "\(sentinel.health.word), as others say"
        }
      table.add([
        sentinel.address.description, state,
        sentinel.master.map { "\($0.address) \(Health($0.report).word)" } ?? "–",
        sentinel.master.map { "\($0.configEpoch)" } ?? "–",
        vantage?.identity?.version ?? "–",
        vantage?.roundTrip.map { "\(($0.asMilliseconds * 10).rounded() / 10) ms" } ?? "–",
      ])
    }
    return table.lines
  }
}
