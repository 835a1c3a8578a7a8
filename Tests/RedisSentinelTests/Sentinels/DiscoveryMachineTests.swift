import RESP
import SentinelModel
import Testing

@testable import RedisSentinel

@Suite struct DiscoveryMachineTests {
  private static let endpoint = NodeAddress(host: "10.0.0.9", port: 26379)
  private static let unknown = RESPValue.error("ERR No such master with that name")

  private static func address(_ host: String = "10.0.0.1", _ port: String = "6379") -> RESPValue {
    .array([.bulkString(.init(host)), .bulkString(.init(port))])
  }

  private static func master(
    _ host: String = "10.0.0.1", port: Int = 6379, flags: String = "master", others: Int = 2
  ) -> RESPValue {
    let fields = [
      "name", "mymaster", "ip", host, "port", "\(port)", "flags", flags, "num-other-sentinels",
      "\(others)",
    ]
    return .array(fields.map { .bulkString(.init($0)) })
  }

  private static func judge(
    _ address: RESPValue, _ master: RESPValue, minimum: Int = 0
  ) -> (address: NodeAddress?, rejection: SentinelError?) {
    var machine = DiscoveryMachine("mymaster", minimumOtherSentinels: minimum)
    let taken = machine.received([address, master], from: endpoint)
    return (taken?.address, machine.failure(timedOut: false).underlying.first)
  }

  @Test func `the address and the master are asked for in one go`() {
    let machine = DiscoveryMachine("my master", minimumOtherSentinels: 0)
    #expect(
      machine.questions == [
        ["SENTINEL", "GET-MASTER-ADDR-BY-NAME", "my master"], ["SENTINEL", "MASTER", "my master"],
      ])
  }

  @Test(arguments: [
    (address(), "10.0.0.1:6379"),
    (.array([.bulkString("10.0.0.1"), .integer(6380)]), "10.0.0.1:6380"),
    (.array([.simpleString("db-1"), .verbatimString("65535")]), "db-1:65535"),
    (address("::1", "1"), "[::1]:1"),
  ])
  func `every shape of a good address is read`(reply: RESPValue, address: String) {
    #expect(Self.judge(reply, Self.master()).address?.description == address)
  }

  @Test(arguments: [RESPValue.null, .array([]), unknown])
  func `no address is a service that it doesn't know`(reply: RESPValue) {
    let verdict = Self.judge(reply, Self.unknown)
    #expect(verdict.address == nil)
    #expect(verdict.rejection?.code == .masterNotFound(.unknownService))
    #expect(verdict.rejection?.endpoint == Self.endpoint)
  }

  @Test(
    arguments: [
      .array([.bulkString("10.0.0.1")]), .array([.bulkString("a"), .bulkString("1"), .integer(1)]),
      .array([.integer(1), .bulkString("6379")]), .array([.null, .bulkString("6379")]),
      .array([.bulkString(RESPBytes([0xff, 0xfe])), .bulkString("6379")]), address("", "6379"),
      address("10.0.0.1", "0"), address("10.0.0.1", "65536"), address("10.0.0.1", "-1"),
      address("10.0.0.1", ""), address("10.0.0.1", "6379x"), .integer(6379), .simpleString("OK"),
      .bulkString("10.0.0.1:6379"),
    ] as [RESPValue])
  func `a malformed address is refused, however well the master is`(reply: RESPValue) {
    let verdict = Self.judge(reply, Self.master())
    #expect(verdict.address == nil)
    #expect(verdict.rejection?.code == .protocolViolation)
  }

  @Test(arguments: [
    "s_down,master", "o_down,master", "s_down,o_down,master,disconnected", "slave", "",
    // The address is still the outgoing node's: it is down, whatever is under way.
    "s_down,o_down,master,failover_in_progress",
  ])
  func `a master that is down, or none, is refused`(flags: String) {
    let verdict = Self.judge(Self.address(), Self.master(flags: flags))
    #expect(verdict.address == nil)
    #expect(verdict.rejection?.code == .masterNotFound(.masterDown))
  }

  @Test(arguments: [
    "master", "master,disconnected", "master,failover_in_progress,force_failover",
    "master,master_reboot", "master,some_new_flag",
  ])
  func `a master that is up is taken, whatever else is said of it`(flags: String) {
    #expect(Self.judge(Self.address(), Self.master(flags: flags)).address != nil)
  }

  @Test(arguments: [
    ("s_down,o_down,master,failover_in_progress", true), ("s_down,o_down,master", false),
    ("s_down,master,disconnected", false), ("master,failover_in_progress", true),
  ])
  func `in a failover the flags speak of the outgoing node, and don't veto the new address`(
    flags: String, isTaken: Bool
  ) {
    let verdict = Self.judge(
      Self.address("10.0.0.2"), Self.master("10.0.0.1", flags: flags))
    #expect((verdict.address == NodeAddress(host: "10.0.0.2", port: 6379)) == isTaken)
  }

  @Test(arguments: [(0, 0, true), (1, 0, false), (2, 2, true), (3, 2, false), (2, 3, true)])
  func `as many peers as wanted are enough`(minimum: Int, others: Int, isTaken: Bool) {
    let verdict = Self.judge(Self.address(), Self.master(others: others), minimum: minimum)
    #expect((verdict.address != nil) == isTaken)
    if !isTaken { #expect(verdict.rejection?.code == .masterNotFound(.tooFewPeers)) }
  }

  @Test(arguments: [(0, true), (1, false)])
  func `who may not ask for the master gets an unchecked address, where no peers are wanted`(
    minimum: Int, isTaken: Bool
  ) {
    let refusal = RESPValue.error(
      "NOPERM this user has no permissions to run the 'sentinel|master' command")
    let verdict = Self.judge(Self.address(), refusal, minimum: minimum)
    #expect((verdict.address != nil) == isTaken)
    if !isTaken {
      #expect(verdict.rejection?.code == .forbidden)
      #expect(verdict.rejection?.message.contains("+sentinel|master") == true)
    }
  }

  @Test(arguments: [RESPValue.integer(1), .null, .array([]), .error("LOADING wait")])
  func `a master that can't be read is not taken on trust`(reply: RESPValue) {
    #expect(Self.judge(Self.address(), reply).address == nil)
  }

  @Test func `half an answer is none`() {
    var machine = DiscoveryMachine("mymaster", minimumOtherSentinels: 0)
    #expect(machine.received([Self.address()], from: Self.endpoint) == nil)
    #expect(machine.failure(timedOut: false).underlying.first?.code == .protocolViolation)
  }
}

/// What is told in the end, by what each Sentinel had said.
@Suite struct DiscoveryFailureTests {
  private static let refused = SentinelError(.connection(.refused), "refused")
  private static let unknown = SentinelError(.masterNotFound(.unknownService), "unknown")
  private static let down = SentinelError(.masterNotFound(.masterDown), "down")
  private static let lonely = SentinelError(.masterNotFound(.tooFewPeers), "lonely")
  private static let password = SentinelError(.authentication, "password")
  private static let forbidden = SentinelError(.forbidden, "forbidden")
  private static let unbelieved = SentinelError(.tls, "unbelieved")

  @Test(
    arguments: [
      ([], false, .sentinelsUnreachable),
      ([refused, refused], false, .sentinelsUnreachable),
      ([refused, unknown], false, .masterNotFound(.unknownService)),
      ([down, down], false, .masterNotFound(.masterDown)),
      ([lonely, refused], false, .masterNotFound(.tooFewPeers)),
      ([unknown, down], false, .masterNotFound(.mixed)),
      ([password, password], false, .authentication),
      ([password, refused], false, .sentinelsUnreachable),
      ([forbidden, forbidden], false, .forbidden),
      ([forbidden, password], false, .sentinelsUnreachable),
      ([unbelieved, unbelieved], false, .tls),
      ([unbelieved, refused], false, .sentinelsUnreachable),
      ([unbelieved, unknown], false, .masterNotFound(.unknownService)),
      ([refused], true, .timeout(.discovery)),
      ([password], true, .timeout(.discovery)),
      ([down, refused], true, .masterNotFound(.masterDown)),
    ] as [([SentinelError], Bool, SentinelError.Code)])
  func `what the Sentinels said decides what is told`(
    said: [SentinelError], timedOut: Bool, code: SentinelError.Code
  ) {
    var machine = DiscoveryMachine("cache", minimumOtherSentinels: 0)
    for error in said { machine.failed(error) }
    let failure = machine.failure(timedOut: timedOut)
    #expect(failure.code == code)
    #expect(failure.service == "cache")
    #expect(failure.underlying == said)
  }
}
