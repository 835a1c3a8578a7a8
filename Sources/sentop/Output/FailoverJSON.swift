import SentinelInsight
import SentinelModel
import SentinelMonitor

/// The failover of a service that goes on, as JSON.
struct FailoverJSON: Encodable {
  /// How it stands: `running`, or `switched` as long as somebody is missing at the new master.
  var stage: String
  var cause: String?
  /// Who leads it, and the step that it reports.
  var leader: String?
  var step: String?
  /// The phase that lasts, as the screen calls it.
  var phase: String?
  var epoch: UInt64?
  var oldMaster: String
  var newMaster: String?
  var startedAt: String?
  var withoutMasterMs: Double?
  /// Who isn't home yet, and why.
  var missing: [Missing]

  struct Missing: Encodable {
    var address: String
    var why: String
  }

  /// Nil where none goes on.
  init?(of service: ServiceSummary, _ incidents: [Incident], at now: Timestamp) {
    let running = service.failover
    step = running?.step.description
    if let incident = incidents.openFailover(of: service.name) {
      stage = incident.stage.rawValue
      cause = incident.cause?.rawValue
      leader = (incident.leader ?? running?.sentinel)?.description
      phase = incident.phases.last { $0.kind.isOfChain && $0.state == .running }?.title
      epoch = incident.epoch
      oldMaster = incident.oldMaster.description
      newMaster = incident.newMaster?.description
      startedAt = incident.startedAt.iso8601
      withoutMasterMs = incident.withoutMaster(at: now)?.asMilliseconds
      missing = incident.missing.sorted { $0.key < $1.key }.map {
        Missing(address: $0.key.description, why: $0.value.words)
      }
    } else if let running {
      stage = Incident.Stage.running.rawValue
      leader = running.sentinel.description
      oldMaster = service.address.description
      missing = []
    } else {
      return nil
    }
  }
}

extension Sequence<Incident> {
  /// The failover of a service that goes on.
  func openFailover(of service: ServiceName) -> Incident? {
    var last: Incident?
    for incident in self
    where incident.service == service && incident.isOpen && incident.isFailover {
      last = incident
    }
    return last
  }
}
