import RedisSentinel
import SentinelInsight
import SentinelModel
import SentinelMonitor

/// What the doctor finds in a deployment that is watched for a moment.
struct Diagnosis {
  var topology: Topology
  var findings: [Finding]
  var at: Timestamp
  /// What has happened to the masters meanwhile.
  var incidents: [Incident] = []

  var verdict: DoctorVerdict { DoctorVerdict(findings) }

  /// How long to wait for what needs more than two samples.
  enum Patience {
    /// Two samples, and no more.
    case two
    /// As long as something is about to be found, within what a monitoring system waits.
    case brief
    /// As long as something is about to be found: some rules look for twelve seconds.
    case all

    fileprivate var limit: Duration {
      switch self {
      case .two: .zero
      case .brief: .seconds(8)
      case .all: .seconds(15)
      }
    }

    /// How long for what is not known yet: INFO-CACHE is asked for one service after another.
    fileprivate func limitForUnknown(_ services: Int) -> Duration {
      self == .two ? .zero : min(limit, .seconds(3) + .milliseconds(1_600) * max(0, services - 1))
    }
  }

  /// How often the Sentinels are asked: a person waits.
  static let interval = Duration.milliseconds(300)
}

extension Session {
  /// Watches until the doctor is sure of what there is, and gives what was found.
  ///
  /// - Throws: `Trouble` where no Sentinel answers, or none knows the service.
  static func diagnosing(
    _ connection: Connection, only service: ServiceName?, patience: Diagnosis.Patience = .all
  ) async throws -> Diagnosis {
    try await surveying(connection, interval: Diagnosis.interval, waitsForNodes: true) {
      monitor, topology in
      if let service { try topology.requireService(service) }
      var doctor = Doctor(
        circumstances: Doctor.Circumstances(
          givesPassword: connection.configuration.authentication != nil))
      let start = monitor.clock.now()
      var samples = 0
      while true {
        let snapshot = await monitor.snapshot
        let now = monitor.clock.now()
        doctor.examine(snapshot.topology, snapshot.log, at: now, only: service)
        samples += 1
        if samples >= 2,
          doctor.isDone(
            after: now.duration(since: start), patience,
            services: snapshot.topology.serviceNames.count)
        {
          return Diagnosis(
            topology: snapshot.topology, findings: doctor.findings, at: now,
            incidents: snapshot.incidents)
        }
        let mark = SampleMark(snapshot.topology)
        _ = await monitor.wait(atMost: .seconds(2)) { mark.isFollowed(by: $0.topology) }
      }
    }
  }
}

extension Doctor {
  fileprivate func isDone(
    after time: Duration, _ patience: Diagnosis.Patience, services: Int
  ) -> Bool {
    if pendingCount > 0, time < patience.limit { return false }
    let isUnknown = findings.contains { $0.standing == .unknown && $0.counts }
    return !isUnknown || time >= patience.limitForUnknown(services)
  }
}
