import SentinelInsight
import SentinelModel
import SentinelMonitor

/// What `sentop status --format json` prints.
struct StatusJSON: Encodable {
  var schema = JSONOutput.schema
  var at: String
  var deployment: String
  var sentinels: [Sentinel]
  var masters: [Master]
  var findings: [FindingJSON]

  struct Sentinel: Encodable {
    var address: String
    var id: String?
    var reachable: Bool
    var error: String?
    var version: String?
    var rttMs: Double?
    var tilt: Bool?
  }

  struct Master: Encodable {
    var name: String
    var address: String
    var state: String
    var flags: [String]
    var quorum: Int
    var usableSentinels: Int
    var configEpoch: UInt64
    var agreement: AgreementJSON?
    var failover: FailoverJSON?
    var replicas: [Replica]
    var sentinels: [View]
  }

  struct AgreementJSON: Encodable {
    var agree: Int
    var of: Int
    var differ: [String]
  }

  struct Replica: Encodable {
    var address: String
    var state: String
    var flags: [String]
    var link: String
    var lagBytes: UInt64?
    /// Whose words the lag is made of, and how old they are.
    var lagSource: String?
    var lagAgeMs: Double?
    var offset: UInt64
    var priority: Int
    /// Its place among those that would be promoted.
    var rank: Int?
    var rejected: Rejected?
  }

  /// Why a replica wouldn't be promoted, and by whom.
  struct Rejected: Encodable {
    var rule: String
    var value: String
    var limit: String
    var by: [String]
  }

  /// The master as one Sentinel sees it.
  struct View: Encodable {
    var address: String
    var id: String?
    var state: String
    var masterAddress: String?
    var configEpoch: UInt64?
  }
}

extension StatusJSON {
  /// The state of a deployment, or of one of its services.
  init(_ diagnosis: Diagnosis, only service: ServiceName?, deployment: String) {
    let topology = diagnosis.topology
    at = diagnosis.at.iso8601
    findings = diagnosis.findings.map(FindingJSON.init)
    self.deployment = deployment
    sentinels = topology.vantages.map(Sentinel.init)
    masters = ServiceSummary.all(in: topology)
      .filter { service == nil || $0.name == service }
      .map { Master($0, diagnosis) }
  }
}

extension StatusJSON.Sentinel {
  init(_ vantage: Vantage) {
    address = vantage.address.description
    id = vantage.identity?.id
    reachable = vantage.isReachable
    if case .unreachable(_, let reason) = vantage.contact { error = reason }
    version = vantage.identity?.version
    rttMs = vantage.isReachable ? vantage.roundTrip?.asMilliseconds : nil
    tilt = vantage.isTilted
  }
}

extension StatusJSON.Master {
  init(_ summary: ServiceSummary, _ diagnosis: Diagnosis) {
    let topology = diagnosis.topology
    name = summary.name.rawValue
    address = summary.address.description
    state = summary.health.word
    flags = summary.flags(in: topology)
    quorum = summary.quorum
    usableSentinels = summary.usableSentinels
    configEpoch = summary.configEpoch
    agreement = summary.agreement.map {
      StatusJSON.AgreementJSON(
        agree: $0.agree.count, of: $0.of,
        differ: ($0.differ + $0.without).map(\.description).sorted())
    }
    failover = FailoverJSON(of: summary, diagnosis.incidents, at: diagnosis.at)
    let lags = Lag.all(of: summary.name, in: topology, at: diagnosis.at)
    let outlook = CandidateOutlook(of: summary.name, in: topology, at: diagnosis.at)
    replicas = (ReplicaSummary.all(of: summary.name, in: topology) ?? []).map { replica in
      StatusJSON.Replica(
        replica, lags[replica.address], outlook.prospect(of: replica.address))
    }
    sentinels = SentinelSummary.all(of: summary.name, in: topology).map { sentinel in
      StatusJSON.View(
        address: sentinel.address.description, id: sentinel.id, state: sentinel.health.word,
        masterAddress: sentinel.master?.address.description,
        configEpoch: sentinel.master?.configEpoch)
    }
  }
}

extension StatusJSON.Replica {
  init(_ replica: ReplicaSummary, _ lag: Lag?, _ prospect: Prospect) {
    address = replica.address.description
    state = replica.health.word
    flags = replica.state.flags.words
    link = replica.link.isUp ? "up" : "down"
    lagBytes = lag?.bytes
    lagSource = lag?.source.word
    lagAgeMs = lag?.age.asMilliseconds
    offset = replica.state.replicationOffset
    priority = replica.state.priority
    rank = prospect.rank
    rejected = prospect.rejection.map {
      StatusJSON.Rejected(
        rule: $0.rule, value: $0.value, limit: $0.limit,
        by: prospect.rejectedBy.map(\.description))
    }
  }
}

extension ServiceSummary {
  /// Every flag that any Sentinel that answers gives the master.
  fileprivate func flags(in topology: Topology) -> [String] {
    var words: [String] = []
    for vantage in topology.vantages where vantage.isReachable {
      for word in vantage.services[name]?.master.flags.words ?? [] where !words.contains(word) {
        words.append(word)
      }
    }
    return words
  }
}

extension InstanceFlags {
  fileprivate var words: [String] {
    description.split(separator: ",").map(String.init)
  }
}
