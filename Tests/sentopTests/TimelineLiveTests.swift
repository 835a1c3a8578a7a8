import RedisSentinel
import SentinelInsight
import SentinelLab
import SentinelModel
import SentinelMonitor
import TestSupport
import Testing

@testable import sentop

/// The phases of a failover, held against what plain subscribers heard at every Sentinel.
@Suite(.liveAlone) struct TimelineLiveTests {
  @Test func `a failover that was asked for has the phases that were heard, in time and order`()
    async throws
  {
    let incident = try await trial { lab in
      _ = try await lab.sentinels[0].ask("SENTINEL", "FAILOVER", Lab.service)
    }
    #expect(incident.cause == .manual)
    #expect(incident.phases.first?.kind == .voting)
  }

  @Test func `a failover of a dead master has the phases that were heard, in time and order`()
    async throws
  {
    let incident = try await trial { try await $0.masters[0].kill() }
    #expect(incident.cause == .automatic)
    #expect(incident.phases.first?.kind == .sDown)
  }

  /// Lets a failover happen under the eyes of the monitor and of plain subscribers.
  private func trial(_ cause: (Lab) async throws -> Void) async throws -> Incident {
    try await Lab.settled(downAfter: .milliseconds(1_500)) { lab in
      let connection = Connection(
        seeds: [lab.sentinels[0].address], configuration: ConnectionConfiguration(),
        nodes: ConnectionConfiguration())
      return try await Session.watching(connection) { monitor in
        let isWatching = await monitor.wait(atMost: .seconds(20)) { snapshot in
          snapshot.topology.vantages.count(where: \.isReachable) == 3
            && snapshot.topology.vantages.allSatisfy {
              if case .yes = $0.hearing { true } else { false }
            }
            && snapshot.topology.isSurveyed
        }
        try #require(isWatching, "all Sentinels are watched and heard")
        return try await Listeners.listening(to: lab.sentinels) { listeners in
          try await cause(lab)
          let isOver = await monitor.wait(atMost: .seconds(60)) { snapshot in
            guard let incident = snapshot.incidents.last else { return false }
            return incident.agreedAt != nil && incident.phases.contains { $0.kind == .ended }
          }
          try #require(isOver, "the failover is over, with all of one mind")
          let trial = try await eventually("the subscribers have heard all of it") {
            let incidents = await monitor.snapshot.incidents
            return incidents.last.flatMap { TimelineTrial($0, listeners.heard, sentinels: 3) }
          }
          print(trial.report)
          #expect(await monitor.snapshot.incidents.count == 1)
          return trial.incident
        }
      }
    }
  }
}
