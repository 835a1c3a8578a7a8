import SentinelInsight
import SentinelModel

extension DoctorCase {
  private typealias S = Sample

  static let candidates = [
    DoctorCase("D23") { ward in
      ward.replica(S.b) { $0.priority = 0 }
      ward.replica(S.c) { $0.report.flags.insert(.sDown) }
    } near: { ward in
      ward.replica(S.b) { $0.priority = 0 }
    },
    DoctorCase("D24") { ward in
      ward.replica(S.b, at: S.s2) {
        $0.report.flags.insert(.disconnected)
        $0.report.sinceValidPing = .seconds(12)
      }
    } near: { ward in
      // It is gone from the master, too: then it is the replica that is ill.
      ward.infos[S.a]?["slave0"] = .some(nil)
      ward.replica(S.b, at: S.s2) {
        $0.report.flags.insert(.disconnected)
        $0.report.sinceValidPing = .seconds(12)
      }
    },
    DoctorCase("D25") { ward in
      ward.replica { $0.priority = 0 }
    } near: { ward in
      ward.replica(S.b) { $0.priority = 0 }
    },
    DoctorCase("D26") { ward in
      ward.replica(S.b) { $0.masterLink = .down(for: .seconds(20)) }
    } near: { ward in
      // While the master is down no link can be up.
      ward.replica { $0.masterLink = .down(for: .seconds(20)) }
      ward.master { $0.report.flags.insert(.sDown) }
    },
    DoctorCase("D27") { ward in
      ward.replica(S.b, at: S.s1) { $0.sinceInfo = .seconds(26) }
    } near: { ward in
      ward.replica(S.b, at: S.s1) { $0.sinceInfo = .seconds(24) }
    },
    DoctorCase("D28") { ward in
      ward.replica(S.b) {
        $0.priority = 10
        $0.replicationOffset = 100_000
      }
    } near: { ward in
      ward.replica(S.b) {
        $0.priority = 10
        $0.replicationOffset = 990_000
      }
    },
    DoctorCase("D29") { ward in
      ward.replica(S.b) { $0.priority = 10 }
      ward.infos[S.b]?["master_sync_in_progress"] = "1"
    } near: { ward in
      ward.replica(S.b) { $0.priority = 200 }
      ward.infos[S.b]?["master_sync_in_progress"] = "1"
    },
    DoctorCase("D30") { ward in
      ward.replica(S.b, at: S.s1) { $0.report.flags.insert(.disconnected) }
    } near: { ward in
      ward.replica(S.c, at: S.s1) { $0.report.flags.insert(.disconnected) }
    },
    DoctorCase("D58") { ward in
      ward.infos[S.a]?["slave0"] = "ip=10.0.0.2,port=6379,state=online,offset=1000000,lag=11"
    } near: { ward in
      ward.infos[S.a]?["slave0"] = "ip=10.0.0.2,port=6379,state=online,offset=990000,lag=9"
    },
  ]

  static let addresses = [
    DoctorCase("D31") { ward in
      ward.replica(S.b, at: S.s1) { $0.report.pendingCommands = 100 }
    } near: { ward in
      ward.replica(S.b, at: S.s1) { $0.report.pendingCommands = 99 }
    },
    DoctorCase("D32") { ward in
      ward.replica(S.b) { $0.report.address = NodeAddress(host: "172.17.0.4", port: 6379) }
    } near: { ward in
      ward.replica(S.b) { $0.report.address = NodeAddress(host: "172.18.0.4", port: 6379) }
    },
    DoctorCase("D33") { ward in
      ward.replica(S.b) { $0.report.address = NodeAddress(host: "10.0.9.9", port: 7001) }
      ward.replica(S.c) { $0.report.address = NodeAddress(host: "10.0.9.9", port: 7002) }
    } near: { ward in
      ward.replica(S.b) { $0.report.address = NodeAddress(host: "10.0.9.9", port: 7001) }
      ward.replica(S.c) { $0.report.address = NodeAddress(host: "10.0.9.9", port: 7002) }
      ward.infos[S.b]?["tcp_port"] = "7001"
      ward.infos[S.c]?["tcp_port"] = "7002"
    },
    DoctorCase("D34") { ward in
      ward.mute[S.b] = "nobody listens there"
    } near: { ward in
      ward.mute[S.b] = "a password is required (NOAUTH)"
    },
    DoctorCase("D35") { ward in
      ward.settings[S.s2] = ["resolve-hostnames": "yes", "announce-hostnames": "no"]
    } near: { ward in
      for sentinel in S.sentinels {
        ward.settings[sentinel] = ["resolve-hostnames": "yes", "announce-hostnames": "no"]
      }
    },
    DoctorCase("D36") { ward in
      ward.settings[S.s1] = ["resolve-hostnames": "yes", "announce-hostnames": "no"]
      ward.event("+tilt", "#tilt mode entered")
    } near: { ward in
      ward.event("+tilt", "#tilt mode entered")
    },
    DoctorCase("D37") { ward in
      for _ in 1...2 {
        ward.event(
          "+sentinel-address-switch",
          "master cache 10.0.0.1 6379 ip 10.0.1.9 port 26379 for \(S.id(S.s2))")
        ward.pass(20)
      }
    } near: { ward in
      ward.event(
        "+sentinel-address-switch",
        "master cache 10.0.0.1 6379 ip 10.0.1.9 port 26379 for \(S.id(S.s2))")
    },
  ]

  static let access = [
    DoctorCase("D38") { ward in
      // As recorded where the password is missing.
      ward.replica(S.b, at: S.s1) {
        $0.report.flags = [.sDown, .replica, .disconnected]
        $0.report.sinceValidPing = .milliseconds(4230)
        $0.report.sincePing = .milliseconds(89)
      }
    } near: { ward in
      ward.replica(S.b, at: S.s1) {
        $0.report.flags = [.sDown, .replica, .disconnected]
        $0.report.sinceValidPing = .milliseconds(4230)
        $0.report.sincePing = .milliseconds(4230)
      }
    },
    DoctorCase("D39", seconds: 50) { ward in
      ward.event("+switch-master", "cache 10.0.0.2 6379 10.0.0.1 6379")
      ward.replica(S.b) { $0.masterLink = .down(for: .seconds(40)) }
    } near: { ward in
      ward.event("+switch-master", "cache 10.0.0.9 6379 10.0.0.1 6379")
      ward.replica(S.b) { $0.masterLink = .down(for: .seconds(40)) }
    },
    DoctorCase("D40") { ward in
      ward.tell(
        .unreadable("the user lacks the permission +sentinel|sentinels"), from: S.s1)
    } near: { ward in
      ward.tell(.unreadable("1 entry of MASTERS left out: the field ip is missing"), from: S.s1)
    },
    DoctorCase("D41") { ward in
      ward.event("-failover-abort-slave-timeout", "master cache 10.0.0.1 6379")
    } near: { ward in
      ward.event("-failover-abort-not-elected", "master cache 10.0.0.1 6379")
    },
    DoctorCase("D42") { ward in
      ward.mute[S.b] = "it answers TLS with plain text: no TLS is spoken there"
    } near: { ward in
      ward.mute[S.b] = "nobody listens there"
    },
    DoctorCase("D43") { ward in
      ward.reasons[S.s2] =
        "the server is in protected mode: it takes connections from its own host only"
    } near: { ward in
      ward.reasons[S.s2] = "nobody listens there"
    },
    DoctorCase("D44") { ward in
      ward.doctor.circumstances.givesPassword = false
    } near: { ward in
      ward.doctor.circumstances.givesPassword = true
    },
  ]
}
