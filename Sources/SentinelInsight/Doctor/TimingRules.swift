import SentinelModel

/// Whether times are set well, and kept.
enum TimingRules {
  static let all = [d45, d46, d47, d48, d49, d50, d51, d52, d53]

  static let d45 = Rule(
    "D45", .critical, .event, needs: [.sentinelInfo], "tilt",
    advice: """
      The Sentinel distrusts its clock: for 30 s it looks on and does nothing. The clock was set, the \
      host was paused, or the process was blocked by CPU, disk or name lookups.
      """,
    ofAll: { exam in
      exam.reachable.filter { $0.isTilted == true }.map { vantage in
        let time = vantage.info?.value.tiltedFor
        return Symptom(
          "\(exam.label(vantage.address)) is in tilt", node: vantage.address,
          [
            exam.evidence(
              vantage, "sentinel_tilt", time.map { "1 for \(Measure.time($0))" } ?? "1", limit: "0",
              since: time.flatMap { time in
                vantage.info.map { $0.at.advanced(by: .zero - time) }
              })
          ])
      }
    })

  static let d46 = Rule(
    "D46", .warning, .setting, "whether down-after leaves room for slow answers",
    advice: """
      A fork, a slow command or a disk that syncs looks like death. Give it at least three times the \
      longest pause that is normal.
      """
  ) { look in
    var evidence: [Evidence] = []
    var title = ""
    for voice in look.voices {
      let limit = voice.master.report.downAfter
      guard limit > .zero else { continue }
      let place = DoctorMemory.Place(sentinel: voice.address, service: look.service)
      if limit < .seconds(2) {
        title = "down-after is only \(limit.inMilliseconds) ms"
        evidence.append(
          voice.says("down-after-milliseconds", "\(limit.inMilliseconds)", limit: "at least 2000"))
      } else if let usual = look.exam.memory.silences[place]?.rarelyExceeded, limit < usual * 3 {
        if title.isEmpty { title = "answers take up to \(usual.inMilliseconds) ms" }
        evidence.append(
          voice.says(
            "down-after-milliseconds", "\(limit.inMilliseconds)",
            limit: "at least \((usual * 3).inMilliseconds)"))
      }
    }
    return evidence.isEmpty
      ? []
      : [
        Symptom(
          title, evidence,
          command: look.fix("down-after-milliseconds", "5000", for: evidence))
      ]
  }

  static let d47 = Rule(
    "D47", .warning, .setting, needs: [.twoSentinels], "down-after at each Sentinel",
    advice: "One Sentinel sees trouble earlier than the other: set the same at all of them."
  ) { look in
    let differing = look.difference(
      "down-after-milliseconds", { "\($0.master.report.downAfter.inMilliseconds)" },
      title: "down-after differs"
    ).map { look.withFix($0, "down-after-milliseconds") }
    guard differing.isEmpty else { return differing }
    return look.eachReplica { voice, replica in
      let master = voice.master.report.downAfter
      guard replica.report.downAfter != master, replica.report.downAfter > .zero else {
        return nil
      }
      return voice.says(
        of: replica, "down-after-milliseconds", "\(replica.report.downAfter.inMilliseconds)",
        limit: "\(master.inMilliseconds)")
    } title: {
      "\($0) has another down-after than its master"
    }
  }

  static let d48 = Rule(
    "D48", .warning, .setting, "whether failover-timeout is chosen with care",
    advice: """
      After a failover that fails, the next one is tried after twice this time. Choose it by how long \
      a restart and a full synchronisation take.
      """
  ) { look in
    let slow = look.voices.filter { $0.master.failoverTimeout >= .seconds(180) }
    guard let longest = slow.map(\.master.failoverTimeout).max() else { return [] }
    return [
      Symptom(
        longest == .seconds(180)
          ? "failover-timeout is the default: the next try comes after 6 min"
          : "the next try of a failover comes after \(Measure.time((longest * 2)))",
        severity: longest == .seconds(180) ? .info : nil,
        slow.map {
          $0.says(
            "failover-timeout", "\($0.master.failoverTimeout.inMilliseconds)",
            limit: "less than 180000")
        })
    ]
  }

  static let d49 = Rule(
    "D49", .warning, .setting, "whether failover-timeout is long enough",
    advice: "Steps of a failover run out of time and begin anew. Make it longer than down-after."
  ) { look in
    let short = look.voices.filter {
      $0.master.failoverTimeout > .zero && $0.master.failoverTimeout < $0.master.report.downAfter
    }
    guard !short.isEmpty else { return [] }
    return [
      Symptom(
        "failover-timeout is shorter than down-after",
        short.map {
          $0.says(
            "failover-timeout", "\($0.master.failoverTimeout.inMilliseconds)",
            limit: "at least \($0.master.report.downAfter.inMilliseconds)")
        })
    ]
  }

  static let d50 = Rule(
    "D50", .info, .setting, "how many replicas synchronise at a time",
    advice: """
      After a failover all replicas synchronise at once: none can be read meanwhile, and the new \
      master has all the load. 1 is careful.
      """
  ) { look in
    let greedy = look.voices.filter {
      $0.master.parallelSyncs >= $0.master.replicaCount && $0.master.replicaCount > 1
    }
    guard !greedy.isEmpty else { return [] }
    return [
      Symptom(
        "all replicas synchronise at once after a failover",
        greedy.map {
          $0.says(
            "parallel-syncs", "\($0.master.parallelSyncs)",
            limit: "less than \($0.master.replicaCount)")
        })
    ]
  }

  static let d51 = Rule(
    "D51", .warning, .event, needs: [.events], "too much up and down",
    advice: """
      Somebody goes down and comes back again and again: down-after is too short, the network is bad, \
      or memory is short.
      """
  ) { look in
    var symptoms: [Symptom] = []
    let switches = look.exam.events(.switchMaster, within: .seconds(3_600), of: look.service)
    if switches.count >= 3 {
      symptoms.append(
        Symptom("\(switches.count) failovers in an hour", switches.map(\.evidence)))
    }
    let downs = look.exam.events(.sDown, within: .seconds(600), of: look.service)
    let bySubject = Dictionary(grouping: downs) { $0.subject?.address }
    for case (let address?, let marks) in bySubject where marks.count >= 5 {
      symptoms.append(
        Symptom(
          "\(address) went down \(marks.count) times in 10 minutes", node: address,
          marks.map(\.evidence)))
    }
    return symptoms.sorted { $0.title < $1.title }
  }

  static let d52 = Rule(
    "D52", .warning, .state, "failovers that are stuck",
    advice: """
      The step has taken longer than it may. The Sentinel gives it up by itself after failover-timeout \
      as long as it runs; a RESET of that Sentinel ends it at once.
      """
  ) { look in
    look.voices.compactMap { voice in
      let place = DoctorMemory.Place(sentinel: voice.address, service: look.service)
      guard let step = look.exam.memory.steps[place] else { return nil }
      let limit = step.value.timeLimit(voice.master.failoverTimeout)
      let time = look.now.duration(since: step.since)
      guard time > limit + .seconds(2) else { return nil }
      return Symptom(
        "the failover at \(look.label(voice.address)) is stuck: \(step.value)", node: voice.address,
        [
          voice.says(
            "failover-state", "\(step.value) for \(Measure.time(time))",
            limit: "at most \(Measure.time(limit)), then \(step.value.expectedEvent)",
            since: step.since)
        ])
    }
  }

  static let d53 = Rule(
    "D53", .info, .state, needs: [.masterInfo, .replicaInfo], "the nodes' clocks",
    advice: """
      Times of different hosts can't be compared, and a clock that is set brings a Sentinel into tilt. \
      Run a time service on every host.
      """
  ) { look in
    let nodes =
      [(look.master, Optional(look.masterFacts))]
      + look.replicas.map { ($0.address, look.replicaFacts[$0.address]) }
    return nodes.compactMap { address, facts in
      guard let time = facts?["server_time_usec"], let microseconds = Int64(time.text),
        let evidence = facts?.evidence("server_time_usec", of: address)
      else { return nil }
      let apart = Timestamp(microseconds: microseconds).duration(since: time.at)
      guard apart > .seconds(1) || apart < .seconds(-1) else { return nil }
      let size = apart < .zero ? .zero - apart : apart
      var told = evidence
      told.value = "\(Measure.time(size)) \(apart < .zero ? "behind" : "ahead")"
      told.limit = "within 1 s of ours"
      return Symptom(
        "the clock of \(address) differs by \(Measure.time(size))", node: address, [told])
    }
  }
}

extension FailoverState {
  /// How long a Sentinel stays in a step at most.
  func timeLimit(_ failoverTimeout: Duration) -> Duration {
    switch self {
    // Counted from a start that may lie a second ahead.
    case .waitStart: min(.seconds(10), failoverTimeout) + .seconds(1)
    case .selectReplica, .updateConfiguration, .none: .seconds(1)
    case .sendReplicaOfNoOne, .waitPromotion, .reconfigureReplicas, .other: failoverTimeout
    }
  }

  /// The event by which the step ends.
  var expectedEvent: String {
    switch self {
    case .waitStart: "+elected-leader"
    case .selectReplica: "+selected-slave"
    case .sendReplicaOfNoOne: "+failover-state-wait-promotion"
    case .waitPromotion: "+promoted-slave"
    case .reconfigureReplicas: "+failover-end"
    case .updateConfiguration, .none, .other: "+switch-master"
    }
  }
}
