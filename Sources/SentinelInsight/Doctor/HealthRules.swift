import SentinelModel

/// What every other rule takes for granted: that master and replicas are up.
enum HealthRules {
  static let all = [d69, d70]

  static let d69 = Rule(
    "D69", .critical, .state, "whether the master is up",
    advice: """
      Nobody can write while it is down. With a quorum the Sentinels start a failover by themselves; \
      without one, look at the Sentinels first.
      """
  ) { look in
    let down = look.voices.filter(\.master.flags.isDown)
    guard !down.isEmpty else { return [] }
    let isODown = down.contains { $0.master.flags.contains(.oDown) }
    // All who can speak say so: then it is, however the quorum is set.
    let isSure = isODown || down.count == look.voices.count
    // Where a few have it for down only since it doesn't let them in, that has a rule of its own.
    guard isSure || !down.allSatisfy({ look.refusal($0.master.report) != nil }) else { return [] }
    return [
      Symptom(
        isODown
          ? "the master \(look.master) is down"
          : "the master \(look.master) is down, say \(down.count) of \(look.voices.count)",
        severity: isSure ? nil : .warning,
        down.map {
          $0.says(
            "flags", "\($0.master.flags)", limit: "master",
            since: $0.master.report.sDownFor.map { [at = $0.view.masterAt] time in
              at.advanced(by: .zero - time)
            })
        })
    ]
  }

  static let d70 = Rule(
    "D70", .warning, .state, needs: [.replicas], "whether the replicas are up",
    advice: "Start it again. If it is gone for good, reset the Sentinels one after another."
  ) { look in
    look.eachReplica { voice, replica in
      guard replica.flags.isDown, look.refusal(replica.report) == nil else { return nil }
      return voice.says(
        of: replica, "flags", "\(replica.flags)", limit: "up", since: replica.report.sDownFor)
    } title: {
      "the replica \($0) is down"
    }
  }
}
