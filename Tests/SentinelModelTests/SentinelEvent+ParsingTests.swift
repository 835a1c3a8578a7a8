import SentinelModel
import TestSupport
import Testing

@Suite struct SentinelEventParsingTests {
  private static let old = NodeAddress(host: "10.0.0.1", port: 7000)
  private static let new = NodeAddress(host: "10.0.0.2", port: 7001)
  private static let id = "7eef363e8c93dff61a7600b8f0ddd145c7d1b0c1"
  private static let master = SentinelEvent.Subject(role: .master, name: "cache", address: old)
  private static let replica = SentinelEvent.Subject(
    role: .replica, name: "10.0.0.2:7001", address: new)
  private static let sentinel = SentinelEvent.Subject(role: .sentinel, name: id, address: new)
  private static let ofMaster = "master cache 10.0.0.1 7000"
  private static let ofReplica = "slave 10.0.0.2:7001 10.0.0.2 7001 @ cache 10.0.0.1 7000"
  private static let ofSentinel = "sentinel \(id) 10.0.0.2 7001 @ cache 10.0.0.1 7000"

  @Test(arguments: [
    ("-monitor", ofMaster, master), ("+reset-master", ofMaster, master),
    ("+slave", ofReplica, replica), ("+sentinel", ofSentinel, sentinel),
    ("+sentinel-invalid-addr", ofSentinel, sentinel), ("+sdown", ofMaster, master),
    ("+sdown", ofReplica, replica), ("+sdown", ofSentinel, sentinel),
    ("-sdown", ofSentinel, sentinel), ("-odown", ofMaster, master),
    ("+try-failover", ofMaster, master), ("+elected-leader", ofMaster, master),
    ("+failover-state-select-slave", ofMaster, master), ("+selected-slave", ofReplica, replica),
    ("+failover-state-send-slaveof-noone", ofReplica, replica),
    ("+failover-state-wait-promotion", ofReplica, replica),
    ("+promoted-slave", ofReplica, replica), ("+failover-state-reconf-slaves", ofMaster, master),
    ("+slave-reconf-sent", ofReplica, replica), ("+slave-reconf-inprog", ofReplica, replica),
    ("+slave-reconf-done", ofReplica, replica),
    ("-slave-reconf-sent-timeout", ofReplica, replica),
    ("+failover-end-for-timeout", ofMaster, master), ("+failover-end", ofMaster, master),
    ("+slave-reconf-sent-be", ofReplica, replica), ("+config-update-from", ofSentinel, sentinel),
    ("-failover-abort-not-elected", ofMaster, master),
    ("-failover-abort-no-good-slave", ofMaster, master),
    ("-failover-abort-slave-timeout", ofMaster, master),
    ("-failover-abort-master-timeout", ofMaster, master), ("+reboot", ofMaster, master),
    ("+reboot", ofReplica, replica), ("+convert-to-slave", ofReplica, replica),
    ("+fix-slave-config", ofReplica, replica),
    // What a later server might write.
    ("+replica", ofReplica.replacing("slave ", with: "replica "), replica),
    ("+sdown", ofMaster.replacing("master ", with: "primary "), master),
    ("+brand-new", ofSentinel, sentinel),
  ])
  func `an event names its instance and its service`(
    channel: String, payload: String, subject: SentinelEvent.Subject
  ) {
    let event = SentinelEvent(channel: channel, payload: payload)
    #expect(event.subject == subject)
    #expect(event.service == "cache")
    #expect(event.masterAddress == Self.old)
    #expect(event.detail == .none)
  }

  @Test(
    arguments: [
      ("+monitor", "\(ofMaster) quorum 2", master, .quorum(2)),
      ("+odown", "\(ofMaster) #quorum 3/2", master, .agreeing(3, quorum: 2)),
      ("+role-change", "\(ofMaster) new reported role is master", master, .reportedRole(.master)),
      ("-role-change", "\(ofReplica) new reported role is slave", replica, .reportedRole(.replica)),
      (
        "+sentinel-address-update", "\(ofSentinel) 1 additional matching instances", sentinel,
        .alsoUpdated(1)
      ),
      (
        "+sentinel-address-switch", "\(ofMaster) ip 10.0.0.2 port 7001 for \(id)", master,
        .moved(id: id, to: new)
      ),
      (
        "+sentinel-address-switch", "\(ofMaster) ip  port 7001 for \(id)", master,
        .moved(id: id, to: NodeAddress(host: "", port: 7001))
      ),
      ("+set", "\(ofMaster) quorum 2", master, .setting(option: "quorum", value: "2")),
      ("+set", "\(ofReplica) quorum 2", replica, .setting(option: "quorum", value: "2")),
      ("+set", "\(ofMaster) auth-user ", master, .setting(option: "auth-user", value: "")),
      ("+set", "\(ofMaster) auth-user", master, .setting(option: "auth-user", value: "")),
      (
        "+set", "\(ofMaster) auth-pass ******", master,
        .setting(option: "auth-pass", value: "******")
      ),
      (
        "+set", "\(ofMaster) auth-pass a  b ", master, .setting(option: "auth-pass", value: "a  b ")
      ),
      (
        "+set", "\(ofMaster) rename-command CONFIG C", master,
        .setting(option: "rename-command", value: "CONFIG C")
      ),
      (
        "+set", "\(ofMaster) down-after-milliseconds 2000", master,
        .setting(option: "down-after-milliseconds", value: "2000")
      ),
    ] as [(String, String, SentinelEvent.Subject, SentinelEvent.Detail)])
  func `an event says more than its instance`(
    channel: String, payload: String, subject: SentinelEvent.Subject, detail: SentinelEvent.Detail
  ) {
    let event = SentinelEvent(channel: channel, payload: payload)
    #expect(event.detail == detail)
    #expect(event.subject == subject)
    #expect(event.service == "cache")
    #expect(event.masterAddress == Self.old)
  }

  @Test(
    arguments: [
      ("+new-epoch", "7", .epoch(7)),
      ("+vote-for-leader", "\(id) 7", .vote(leader: id, epoch: 7)),
      ("+tilt", "#tilt mode entered", .none), ("-tilt", "#tilt mode exited", .none),
      ("-script-error", "/a b/c.sh 0 2", .script(path: "/a b/c.sh", figures: [0, 2])),
      ("-script-error", "/c.sh 99 0", .script(path: "/c.sh", figures: [99, 0])),
      ("-script-timeout", "/c.sh 2715", .script(path: "/c.sh", figures: [2715])),
    ] as [(String, String, SentinelEvent.Detail)])
  func `an event of no service names none`(
    channel: String, payload: String, detail: SentinelEvent.Detail
  ) {
    let event = SentinelEvent(channel: channel, payload: payload)
    #expect(event.detail == detail)
    #expect(event.subject == nil && event.service == nil && event.masterAddress == nil)
  }

  @Test(
    arguments: [
      ("cache 10.0.0.1 7000 10.0.0.2 7001", "cache", old, new),
      ("my cache 10.0.0.1 7000 10.0.0.2 7001", "my cache", old, new),
      (
        "cache ::1 7000 ::2 7001", "cache", NodeAddress(host: "::1", port: 7000),
        NodeAddress(host: "::2", port: 7001)
      ),
      (
        "cache db-1.example 0 10.0.0.2 7001", "cache", NodeAddress(host: "db-1.example", port: 0),
        new
      ),
      ("cache  7000 10.0.0.2 7001", "cache", NodeAddress(host: "", port: 7000), new),
    ] as [(String, ServiceName, NodeAddress, NodeAddress)])
  func `a switch names both addresses`(
    payload: String, service: ServiceName, from: NodeAddress, to: NodeAddress
  ) {
    let event = SentinelEvent(channel: "+switch-master", payload: payload)
    #expect(event.service == service)
    #expect(event.detail == .switched(from: from, to: to))
    #expect(event.masterAddress == from)
    #expect(event.subject?.address == to && event.subject?.role == .master)
  }

  @Test(arguments: [
    ("+sdown", "slave [::1]:7000 ::1 7000 @ cache ::2 7001", "::1", "::2"),
    ("+sdown", "slave db-1:7000 db-1 7000 @ cache db-2 7001", "db-1", "db-2"),
    ("+sdown", "slave :7000  7000 @ cache  7001", "", ""),
    ("+sdown", "sentinel \(id)  0 @ cache ::2 7001", "", "::2"),
  ])
  func `hosts may be IPv6, names, or empty`(
    channel: String, payload: String, host: String, masterHost: String
  ) {
    let event = SentinelEvent(channel: channel, payload: payload)
    #expect(event.subject?.address.host == host)
    #expect(event.masterAddress == NodeAddress(host: masterHost, port: 7001))
    #expect(event.service == "cache")
  }
}
