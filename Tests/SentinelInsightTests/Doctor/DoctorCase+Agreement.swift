import SentinelInsight
import SentinelModel

extension DoctorCase {
  private typealias S = Sample

  static let agreement = [
    DoctorCase("D1") { ward in
      ward.master(S.s3) { $0.report.address = S.b }
    } near: { ward in
      // In a failover the observers switch before the leader does.
      ward.master(S.s3) {
        $0.report.address = S.b
        $0.report.flags = [.master, .failoverInProgress]
        $0.failoverState = .reconfigureReplicas
      }
    },
    DoctorCase("D2") { ward in
      ward.infos[S.b]?["role"] = "master"
    } near: { ward in
      // A node that is down says nothing any more; its last words are old.
      ward.infos[S.b]?["role"] = "master"
      ward.replica(S.b) { $0.report.flags.insert(.sDown) }
    },
    DoctorCase("D3") { ward in
      ward.master {
        $0.reportedRole = .replica
        $0.reportedRoleFor = .seconds(26)
      }
    } near: { ward in
      ward.master {
        $0.reportedRole = .replica
        $0.reportedRoleFor = .seconds(24)
      }
    },
    DoctorCase("D4") { ward in
      ward.replica(S.b) {
        $0.reportedRole = .master
        $0.reportedRoleFor = .seconds(9)
      }
    } near: { ward in
      ward.replica(S.b) {
        $0.reportedRole = .master
        $0.reportedRoleFor = .seconds(7)
      }
    },
    DoctorCase("D5") { ward in
      ward.replica(S.c) { $0.masterAddress = S.b }
    } near: { ward in
      // The master's name instead of its address.
      ward.replica(S.c) { $0.masterAddress = NodeAddress(host: "db1", port: 6379) }
    },
    DoctorCase("D6") { ward in
      ward.master(S.s2) { $0.replicaCount = 1 }
      ward.replicas[S.s2]?.removeLast()
    } near: { ward in
      ward.master { $0.replicaCount = 1 }
      for sentinel in S.sentinels { ward.replicas[sentinel]?.removeLast() }
    },
    DoctorCase("D7") { ward in
      ward.master { $0.replicaCount = 3 }
    } near: { ward in
      ward.master { $0.replicaCount = 2 }
    },
    DoctorCase("D8") { ward in
      ward.infos[S.a]?["slave1"] = "ip=10.0.0.9,port=6379,state=online,offset=1,lag=0"
    } near: { ward in
      // One that died a minute ago is no old entry yet.
      ward.infos[S.a]?["slave1"] = .some(nil)
      ward.replica(S.c) {
        $0.report.flags.insert(.sDown)
        $0.report.sDownFor = .seconds(60)
      }
    },
    DoctorCase("D9") { ward in
      ward.replica(S.c) { $0.report.runID = "run-b" }
    } near: { ward in
      ward.replica { $0.report.runID = nil }
    },
    DoctorCase("D10") { ward in
      ward.replica(S.c, at: S.s1) { $0.report.address = S.a }
    } near: { ward in
      ward.replica(S.c, at: S.s1) { $0.report.address = NodeAddress(host: "10.0.0.1", port: 6380) }
    },
    DoctorCase("D11") { ward in
      ward.pass(1)
      ward.master { $0.configEpoch = 2 }
    } near: { ward in
      ward.pass(1)
      ward.event("+switch-master", "cache 10.0.0.2 6379 10.0.0.1 6379")
      ward.master { $0.configEpoch = 2 }
    },
  ]

  static let quorum = [
    DoctorCase("D12") { ward in
      ward.other(S.s2, at: S.s1) { $0.report.flags.insert(.sDown) }
      ward.other(S.s3, at: S.s1) { $0.report.flags.insert(.sDown) }
    } near: { ward in
      ward.other(S.s3) { $0.report.flags.insert(.sDown) }
    },
    DoctorCase("D13") { ward in
      // Two old entries among five: one of the living is down, and only two are left.
      for sentinel in S.sentinels {
        for number in 8...9 {
          let ghost = NodeAddress(host: "10.0.1.\(number)", port: 26379)
          ward.others[sentinel]?.append(S.sentinel(ghost, flags: [.sentinel, .sDown]))
        }
      }
      ward.other(S.s3) { $0.report.flags.insert(.sDown) }
    } near: { ward in
      for sentinel in S.sentinels {
        for number in 8...9 {
          let ghost = NodeAddress(host: "10.0.1.\(number)", port: 26379)
          ward.others[sentinel]?.append(S.sentinel(ghost, flags: [.sentinel, .sDown]))
        }
      }
    },
    DoctorCase("D14") { ward in
      ward.master(S.s2) { $0.otherSentinelCount = 1 }
    } near: { ward in
      ward.master { $0.otherSentinelCount = 4 }
    },
    DoctorCase("D15") { ward in
      ward.other(S.s3) { $0.report.flags.insert(.sDown) }
    } near: { ward in
      ward.other(S.s3) { $0.report.flags.insert(.disconnected) }
    },
    DoctorCase("D16") { ward in
      ward.other(S.s3, at: S.s1) {
        $0.report.address = NodeAddress(host: "10.0.1.7", port: 26379)
      }
    } near: { ward in
      // A name and an address may be one place.
      ward.other(S.s3, at: S.s1) { $0.report.address = NodeAddress(host: "watch3", port: 26379) }
    },
    DoctorCase("D17") { ward in
      ward.master { $0.otherSentinelCount = 3 }
    } near: { ward in
      ward.master { $0.otherSentinelCount = 4 }
    },
    DoctorCase("D18") { ward in
      ward.master { $0.quorum = 1 }
    } near: { ward in
      ward.master { $0.quorum = 3 }
    },
    DoctorCase("D19") { ward in
      ward.master(S.s3) { $0.quorum = 3 }
    } near: { ward in
      ward.master { $0.quorum = 3 }
    },
    DoctorCase("D20") { ward in
      for sentinel in [S.s1, S.s2, S.s3] {
        ward.others[sentinel]?.append(
          S.sentinel(NodeAddress(host: "10.0.1.3", port: 26380), id: "id-of-a-fourth"))
      }
    } near: { ward in
      for sentinel in [S.s1, S.s2, S.s3] {
        ward.others[sentinel]?.append(
          S.sentinel(NodeAddress(host: "10.0.1.4", port: 26379), id: "id-of-a-fourth"))
      }
    },
    DoctorCase("D21") { ward in
      ward.infos[S.b]?["master_replid"] = "another-history"
    } near: { ward in
      // Right after a promotion the old history stands in second place.
      ward.infos[S.a]?["master_replid"] = "new-history"
      ward.infos[S.a]?["master_replid2"] = "history"
    },
    DoctorCase("D22") { ward in
      ward.pass(1)
      ward.reasons[S.s3] = "nobody listens there"
    } near: { ward in
      ward.pass(1)
      ward.reasons[S.s3] = "nobody listens there"
      ward.other(S.s3) { $0.report.flags.insert(.sDown) }
    },
  ]
}
