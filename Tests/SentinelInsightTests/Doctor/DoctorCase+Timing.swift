import SentinelInsight
import SentinelModel

extension DoctorCase {
  private typealias S = Sample

  static let timing = [
    DoctorCase("D45") { ward in
      ward.ownInfos[S.s2]?["sentinel_tilt"] = "1"
      ward.ownInfos[S.s2]?["sentinel_tilt_since_seconds"] = "4"
    } near: { ward in
      ward.event("+tilt", "#tilt mode entered", from: S.s2)
      ward.event("-tilt", "#tilt mode exited", from: S.s2)
    },
    DoctorCase("D46") { ward in
      ward.master(S.s1) { $0.report.downAfter = .milliseconds(1_999) }
    } near: { ward in
      ward.master { $0.report.downAfter = .milliseconds(2_000) }
      ward.replica { $0.report.downAfter = .milliseconds(2_000) }
    },
    DoctorCase("D47") { ward in
      ward.master(S.s1) { $0.report.downAfter = .seconds(6) }
    } near: { ward in
      ward.master { $0.report.downAfter = .seconds(6) }
      ward.replica { $0.report.downAfter = .seconds(6) }
    },
    DoctorCase("D48") { ward in
      ward.master { $0.failoverTimeout = .seconds(180) }
    } near: { ward in
      ward.master { $0.failoverTimeout = .seconds(179) }
    },
    DoctorCase("D49") { ward in
      ward.master { $0.failoverTimeout = .seconds(4) }
    } near: { ward in
      ward.master { $0.failoverTimeout = .seconds(5) }
    },
    DoctorCase("D50") { ward in
      ward.master { $0.parallelSyncs = 2 }
    } near: { ward in
      ward.master {
        $0.parallelSyncs = 1
        $0.replicaCount = 1
      }
    },
    DoctorCase("D51") { ward in
      for number in 1...3 {
        ward.event("+switch-master", "cache 10.0.0.\(number) 6379 10.0.0.1 6379")
      }
    } near: { ward in
      for number in 2...3 {
        ward.event("+switch-master", "cache 10.0.0.\(number) 6379 10.0.0.1 6379")
      }
    },
    DoctorCase("D52", seconds: 20) { ward in
      ward.master(S.s1) {
        $0.report.flags.insert(.failoverInProgress)
        $0.failoverState = .waitStart
      }
    } near: { ward in
      ward.master(S.s1) {
        $0.report.flags.insert(.failoverInProgress)
        $0.failoverState = .waitPromotion
      }
    },
    DoctorCase("D53") { ward in
      ward.clocks[S.b] = .milliseconds(1_100)
    } near: { ward in
      ward.clocks[S.b] = .milliseconds(900)
    },
  ]

  static let data = [
    DoctorCase("D54") { ward in
      ward.pass(2)
      ward.infos[S.a]?["run_id"] = "run-a-again"
      ward.infos[S.a]?["master_repl_offset"] = "14"
    } near: { ward in
      ward.pass(2)
      ward.event("+reboot", "slave 10.0.0.2:6379 10.0.0.2 6379 @ cache 10.0.0.1 6379")
    },
    DoctorCase("D55") { ward in
      ward.infos[S.a]?["rdb_changes_since_last_save"] = "17"
      ward.infos[S.a]?["rdb_last_save_time"] = "\(Sample.start.milliseconds / 1_000 - 7_300)"
    } near: { ward in
      ward.infos[S.a]?["rdb_changes_since_last_save"] = "17"
      ward.infos[S.a]?["rdb_last_save_time"] = "\(Sample.start.milliseconds / 1_000 - 7_300)"
      ward.infos[S.a]?["aof_enabled"] = "1"
    },
    DoctorCase("D56") { ward in
      ward.infos[S.a]?["min_slaves_good_slaves"] = .some(nil)
    } near: { ward in
      ward.infos[S.a]?["min_slaves_good_slaves"] = "2"
    },
    DoctorCase("D57") { ward in
      ward.infos[S.a]?["min_slaves_good_slaves"] = "0"
    } near: { ward in
      ward.infos[S.a]?["min_slaves_good_slaves"] = .some(nil)
    },
    DoctorCase("D59") { ward in
      ward.infos[S.b]?["slave_read_only"] = "0"
    } near: { ward in
      ward.infos[S.a]?["slave_read_only"] = "0"
    },
    DoctorCase("D60") { ward in
      ward.infos[S.a]?["used_memory"] = "1000001"
      ward.infos[S.b]?["maxmemory"] = "1000000"
    } near: { ward in
      ward.infos[S.a]?["used_memory"] = "1000000"
      ward.infos[S.b]?["maxmemory"] = "1000000"
    },
    DoctorCase("D61") { ward in
      // 35 s of it are more than a megabyte.
      ward.writes[S.a] = 40_000
    } near: { ward in
      ward.writes[S.a] = 20_000
    },
  ]

  static let sentinels = [
    DoctorCase("D62") { ward in
      ward.note(refused("ERR Failed to save config file. Check server logs."))
    } near: { ward in
      ward.note(refused("ERR No such master with that name"))
    },
    DoctorCase("D63") { ward in
      ward.scripts[S.s1] = [PendingScript(arguments: ["/opt/notify.sh", "+odown"], retries: 1)]
    } near: { ward in
      ward.scripts[S.s1] = [PendingScript(arguments: ["/opt/notify.sh", "+odown"], retries: 0)]
    },
    DoctorCase("D64") { ward in
      ward.ownInfos[S.s3]?["sentinel_simulate_failure_flags"] = "2"
    } near: { ward in
      ward.ownInfos[S.s3]?["sentinel_simulate_failure_flags"] = "0"
    },
    DoctorCase("D65") { ward in
      ward.versions[S.s2] = "6.2.16"
    } near: { ward in
      // The nodes are of 7.0.15: older than the Sentinels is fine.
      for sentinel in S.sentinels { ward.versions[sentinel] = "7.2.6" }
    },
    DoctorCase("D66", seconds: 24) { ward in
      ward.event("+reset-master", "master cache 10.0.0.1 6379", from: S.s2)
      ward.master(S.s2) { $0.replicaCount = 0 }
      ward.replicas[S.s2] = []
    } near: { ward in
      ward.event("+reset-master", "master cache 10.0.0.1 6379", from: S.s2)
    },
    DoctorCase("D67") { ward in
      ward.tell(.listening(gap: .seconds(4)), from: S.s1)
    } near: { ward in
      ward.tell(.listening(gap: nil), from: S.s1)
    },
  ]

  static let health = [
    DoctorCase("D69") { ward in
      ward.master(S.s1) { $0.report.flags.insert(.sDown) }
    } near: { ward in
      ward.master(S.s1) { $0.report.flags.insert(.disconnected) }
    },
    DoctorCase("D70") { ward in
      ward.replica(S.b, at: S.s1) { $0.report.flags.insert(.sDown) }
    } near: { ward in
      ward.replica(S.b, at: S.s1) { $0.report.flags.insert(.disconnected) }
    },
  ]

  private static func refused(_ words: String) -> LogEntry {
    let answer = Outcome.Answer(
      sentinel: Sample.s1, verdict: .refused(words), elapsed: .milliseconds(1))
    return LogEntry(
      .outcome(
        Outcome(
          command: .flushConfiguration, startedAt: Sample.start, endedAt: Sample.start,
          answers: [answer])), at: Sample.start)
  }
}
