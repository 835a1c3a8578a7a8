package import SentinelInsight
package import SentinelModel

/// A line of the history: a failover, or a configuration that was current at a moment.
package enum HistoryLine: Sendable {
  case incident(IncidentRecord)
  case configuration(ConfigurationRecord)
}

/// A failover as it is kept from run to run. Durations are in milliseconds.
package struct IncidentRecord: Codable, Hashable, Sendable {
  package var schema = HistoryFile.schema
  package var kind = "incident"
  /// Tells the lines of one incident: the last one counts.
  package var id: String
  package var service: String
  package var sentinels: [String]
  package var cause: String?
  package var stage: String
  package var startedAt: String
  package var closedAt: String?
  package var oldMaster: String
  package var newMaster: String?
  package var epoch: UInt64?
  package var leader: String?
  package var leaderId: String?
  package var withoutMasterMs: Double?
  package var untilAgreedMs: Double?
  package var twoMastersMs: Double?
  package var unwatched: Unwatched?
  package var phases: [Phase]
  package var attempts: [Attempt]
  package var missing: [Missing]

  package struct Unwatched: Codable, Hashable, Sendable {
    package var after: String?
    package var before: String
    package var epochBefore: UInt64
  }

  package struct Phase: Codable, Hashable, Sendable {
    package var phase: String
    package var at: String
    package var offsetMs: Double
    package var durationMs: Double?
    package var limitMs: Double?
    package var state: String
    package var sources: [String]
    package var observed: Bool
    package var done: Int?
    package var of: Int?
  }

  package struct Attempt: Codable, Hashable, Sendable {
    package var epoch: UInt64?
    package var leader: String?
    package var leaderId: String?
    package var votes: [Vote]
    package var candidate: String?
    package var succeeded: Bool
    package var failure: String?
    package var failedAt: String?
  }

  package struct Vote: Codable, Hashable, Sendable {
    package var sentinel: String
    package var at: String
    package var observed: Bool
  }

  package struct Missing: Codable, Hashable, Sendable {
    package var address: String
    package var why: String
  }
}

/// The newest configuration of a service at a moment: what tells of a failover between two runs.
package struct ConfigurationRecord: Codable, Hashable, Sendable {
  package var schema = HistoryFile.schema
  package var kind = "configuration"
  package var service: String
  package var sentinels: [String]
  package var master: Address
  package var configEpoch: UInt64
  package var at: String

  package struct Address: Codable, Hashable, Sendable {
    package var host: String
    package var port: Int
  }
}

extension IncidentRecord {
  /// The incident as it stands at a moment. `run` tells this run's incidents from those of others.
  package init(_ incident: Incident, run: String, sentinels: [String], at now: Timestamp) {
    id = "\(run)-\(incident.id)"
    service = incident.service.rawValue
    self.sentinels = sentinels
    cause = incident.cause?.rawValue
    stage = incident.stage.rawValue
    let start = incident.startedAt
    startedAt = start.iso8601
    closedAt = incident.closedAt?.iso8601
    oldMaster = incident.oldMaster.description
    newMaster = incident.newMaster?.description
    epoch = incident.epoch
    leader = incident.leader?.description
    leaderId = incident.leaderID
    withoutMasterMs = incident.withoutMaster(at: now)?.asMilliseconds
    untilAgreedMs = incident.untilAgreed?.asMilliseconds
    twoMastersMs = incident.twoMasters(at: now)?.asMilliseconds
    unwatched = incident.unwatched.map {
      Unwatched(
        after: $0.after?.iso8601, before: $0.before.iso8601, epochBefore: $0.epochBefore)
    }
    phases = incident.phases.map { phase in
      Phase(
        phase: phase.kind.rawValue, at: phase.start.iso8601,
        offsetMs: phase.start.duration(since: start).asMilliseconds,
        durationMs: phase.end.map { $0.duration(since: phase.start).asMilliseconds },
        limitMs: phase.limit?.asMilliseconds, state: phase.state.word,
        sources: phase.sources.map(\.description), observed: phase.isObserved,
        done: phase.progress?.done, of: phase.progress?.of)
    }
    attempts = incident.attempts.map { attempt in
      Attempt(
        epoch: attempt.epoch, leader: attempt.leader?.description, leaderId: attempt.leaderID,
        votes: attempt.votes.inOrder.map {
          Vote(
            sentinel: $0.source.description, at: $0.sighting.at.iso8601,
            observed: $0.sighting.isObserved)
        }, candidate: attempt.candidate?.description, succeeded: attempt.hasSucceeded,
        failure: attempt.failure?.words, failedAt: attempt.failedAt?.at.iso8601)
    }
    missing = incident.missing.sorted { $0.key < $1.key }.map {
      Missing(address: $0.key.description, why: $0.value.words)
    }
  }
}

extension ConfigurationRecord {
  package init(_ remembered: FailoverTimeline.Remembered) {
    service = remembered.service.rawValue
    sentinels = remembered.sentinelIDs.sorted()
    master = Address(host: remembered.master.host, port: remembered.master.port)
    configEpoch = remembered.configEpoch
    at = remembered.at.iso8601
  }

  /// Nil where the moment can't be read.
  package var remembered: FailoverTimeline.Remembered? {
    guard let at = Timestamp(iso8601: at) else { return nil }
    return FailoverTimeline.Remembered(
      service: ServiceName(service), master: NodeAddress(host: master.host, port: master.port),
      configEpoch: configEpoch, at: at, sentinelIDs: Set(sentinels))
  }
}

extension SentinelInsight.Phase.State {
  fileprivate var word: String {
    switch self {
    case .running: "running"
    case .done: "done"
    case .failed: "failed"
    }
  }
}

extension Duration {
  fileprivate var asMilliseconds: Double { Double(inMicroseconds) / 1_000 }
}
