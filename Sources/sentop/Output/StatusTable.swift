import SentinelInsight
import SentinelModel

/// What `sentop status` prints for a person.
struct StatusTable {
  let lines: [String]

  init(_ topology: Topology, only service: ServiceName?) {
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
      lines += ["", "Replicas of \(summary.name.rawValue.printable)"]
      lines += Self.replicas(of: summary.name, in: topology)
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

  private static func replicas(of service: ServiceName, in topology: Topology) -> [String] {
    let replicas = ReplicaSummary.all(of: service, in: topology) ?? []
    guard !replicas.isEmpty else { return ["none"] }
    var table = TableOutput(["ADDRESS", "STATE", "LINK", "OFFSET", "PRIORITY"])
    for replica in replicas {
      table.add([
        replica.address.description, replica.health.word, replica.link.isUp ? "up" : "down",
        "\(replica.state.replicationOffset)", "\(replica.state.priority)",
      ])
    }
    return table.lines
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
        sentinel.master.map { "\($0.address) \(Health($0.flags).word)" } ?? "–",
        sentinel.master.map { "\($0.configEpoch)" } ?? "–",
        vantage?.identity?.version ?? "–",
        vantage?.roundTrip.map { "\(($0.asMilliseconds * 10).rounded() / 10) ms" } ?? "–",
      ])
    }
    return table.lines
  }
}
