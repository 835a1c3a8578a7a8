import SentinelModel
import TestSupport
import Testing

/// Names that nothing forbids, and payloads that mean nothing.
@Suite struct SentinelEventNamesTests {
  private static let address = NodeAddress(host: "10.0.0.1", port: 7000)

  @Test(
    arguments: [
      ("+sdown", "master a 1 10.0.0.1 7000", [], "a 1"),
      ("+sdown", "master a 1 10.0.0.1 7000", ["a"], "a 1"),
      ("+sdown", "master a 1 10.0.0.1 7000", ["a", "a 1"], "a 1"),
      ("+sdown", "master a 1 10.0.0.1 7000", ["a 1", "a"], "a 1"),
      ("+sdown", "master a 10.0.0.1 7000", ["a", "a 1"], "a"),
      ("+set", "master a 1 10.0.0.1 7000 quorum 2", ["a", "a 1"], "a 1"),
      ("+set", "master a 1 10.0.0.1 7000 quorum 2", ["a"], "a 1"),
      ("+set", "master a 1 10.0.0.1 7000 quorum 2", [], "a 1"),
      ("+set", "master a 10.0.0.1 7000 quorum 2", ["a", "a 1"], "a"),
      ("+set", "master with 10 sheep 10.0.0.1 7000 quorum 2", ["with 10 sheep"], "with 10 sheep"),
      ("+set", "master a h 1 10.0.0.1 7000 quorum 2", ["a", "a h 1"], "a h 1"),
      ("+sdown", "master ab 10.0.0.1 7000", ["a"], "ab"),
      ("+sdown", "master a h 1 10.0.0.1 7000", ["a"], "a h 1"),
      ("+odown", "master quorum 2 10.0.0.1 7000 #quorum 2/2", [], "quorum 2"),
      ("+monitor", "master a b c 10.0.0.1 7000 quorum 2", [], "a b c"),
      ("+role-change", "master a b 10.0.0.1 7000 new reported role is master", [], "a b"),
      ("+sentinel-address-switch", "master a b 10.0.0.1 7000 ip h port 1 for x", [], "a b"),
      ("+sdown", "slave h:1 h 1 @ a @ b 10.0.0.1 7000", [], "a @ b"),
      ("+sdown", "slave h:1 h 1 @ @ 10.0.0.1 7000", ["@"], "@"),
      ("+sdown", "master  a  10.0.0.1 7000", [], " a "),
      ("+sdown", "master  a  10.0.0.1 7000", [" a "], " a "),
      ("+sdown", "master größe 10.0.0.1 7000", ["größe"], "größe"),
      ("+sdown", "master  10.0.0.1 7000", [], ""),
    ] as [(String, String, [ServiceName], ServiceName)])
  func `a name may hold spaces and look like anything`(
    channel: String, payload: String, known: [ServiceName], service: ServiceName
  ) {
    let event = SentinelEvent(channel: channel, payload: payload, knownServices: known)
    #expect(event.service == service)
    #expect(event.masterAddress == Self.address)
  }

  @Test(arguments: [
    ("+sdown", ""), ("+sdown", " "), ("+sdown", "master"), ("+sdown", "master a"),
    ("+sdown", "master a h"), ("+sdown", "master a h x"), ("+sdown", "master a h 65536"),
    ("+sdown", "master a h -1"), ("+sdown", "waiter a h 1"), ("+sdown", "slave n h 1"),
    ("+sdown", "slave n h 1 @"), ("+sdown", "slave n h 1 @ a"), ("+sdown", "slave n h 1 # a h 1"),
    ("+sdown", "slave n h x @ a h 1"), ("+set", ""), ("+set", "master a h"),
    ("+switch-master", ""), ("+switch-master", "a h 1 h"), ("+switch-master", "a h 1 h x"),
    ("+switch-master", "a h x h 1"), ("+switch-master", "h 1 h 1"), ("+new-epoch", ""),
    ("+new-epoch", "-1"), ("+new-epoch", "99999999999999999999"), ("+new-epoch", "1 2"),
    ("+vote-for-leader", "x"), ("+vote-for-leader", "x y"), ("-script-error", "1 2"),
    ("-script-error", "/x 1 y"), ("-script-timeout", ""), ("+sentinel-address-switch", ""),
    ("+sentinel-address-switch", "master a h 1"), ("+sentinel-address-update", "sentinel"),
    ("+odown", "#quorum 2/2"), ("+odown", "master #quorum 2/2"), ("+tilt", ""),
    ("__sentinel__:hello", "h,1,id,0,a,h,1,0"), ("", ""), ("mine", "anything at all"),
  ])
  func `what can't be read stays as it came`(channel: String, payload: String) {
    let event = SentinelEvent(channel: channel, payload: payload, knownServices: ["a"])
    #expect(event.channel == channel && event.payload == payload)
    #expect(event.subject == nil && event.service == nil && event.masterAddress == nil)
  }

  @Test func `a trailer that is cut short leaves no false detail`() {
    let full = "master cache 10.0.0.1 7000 #quorum 2/2"
    for length in 0..<full.count {
      let event = SentinelEvent(channel: "+odown", payload: String(full.prefix(length)))
      #expect(event.detail == .none)
    }
  }

  @Test func `any name and host come back out of any event`() {
    var chance = SeededGenerator(seed: 5)
    let parts = [
      "a", "1", "@", "master", "slave", "quorum", "#quorum", "2/2", "ip", "größe", "", "x,y",
    ]
    let hosts = ["10.0.0.1", "::1", "db-1.example", "localhost", "fe80::1%eth0", ""]
    for _ in 0..<5_000 {
      let name = (0..<Int.random(in: 1...4, using: &chance))
        .map { _ in parts.randomElement(using: &chance) ?? "" }.joined(separator: " ")
      let host = hosts.randomElement(using: &chance) ?? ""
      let port = Int.random(in: 0...65535, using: &chance)
      let group = "\(name) \(host) \(port)"
      for (channel, payload) in [
        ("+sdown", "master \(group)"), ("+slave", "slave h:1 h 1 @ \(group)"),
        ("+odown", "master \(group) #quorum 2/2"),
        ("-role-change", "slave h:1 h 1 @ \(group) new reported role is master"),
        ("+switch-master", "\(group) 10.0.0.9 1"),
      ] {
        let event = SentinelEvent(channel: channel, payload: payload)
        #expect(event.service == ServiceName(name), "\(event)")
        #expect(event.masterAddress == NodeAddress(host: host, port: port), "\(event)")
        #expect(event.spelled == payload)
      }
    }
  }

  @Test func `no payload traps`() {
    var chance = SeededGenerator(seed: 6)
    let parts = [
      "master", "slave", "sentinel", "@", "a", "1", "h", "7000", "-1", "65536", "ip", "port", "for",
      "#quorum", "2/2", "/", "2/", "quorum", "new", "reported", "role", "is", "additional",
      "matching", "instances", "", "\u{301}", "\r\n", "\u{0}", "🙂", "99999999999999999999",
    ]
    let channels = EventName.allCases.map(\.rawValue) + ["+new", "", "__sentinel__:hello"]
    let known: [ServiceName] = ["a", "a 1", "", " ", "@", "\u{301}", "master a"]
    for _ in 0..<30_000 {
      let payload = (0..<Int.random(in: 0...14, using: &chance))
        .map { _ in parts.randomElement(using: &chance) ?? "" }.joined(separator: " ")
      let channel = channels.randomElement(using: &chance) ?? ""
      let event = SentinelEvent(
        channel: channel, payload: payload,
        knownServices: known.filter { _ in Bool.random(using: &chance) })
      #expect(event.channel == channel && event.payload == payload)
    }
  }
}
