import RESP
import RedisSentinel
import SentinelLab
import SentinelModel
import TestSupport
import Testing

/// The code of the articles, run against real servers.
@Suite(.live) struct ExamplesLiveTests {
  /// Lends a client of the lab that listens, and shuts it down.
  private func withClient(
    of lab: Lab, _ body: (SentinelClient) async throws -> Void
  ) async throws {
    var configuration = try SentinelConfiguration(endpoints: lab.sentinels.map(\.address))
    configuration.retry = .forever
    let client = SentinelClient(configuration: configuration)
    let listening = Task { await client.run() }
    defer { listening.cancel() }
    do {
      try await body(client)
      await client.shutdown()
    } catch {
      await client.shutdown()
      throw error
    }
  }

  /// Fails the lab's service over, and returns the new master's address when this client has it.
  private func switchMaster(_ client: SentinelClient) async throws -> NodeAddress {
    let old = try await client.discoverMaster(of: "mymaster")
    let topologies = client.topology(of: "mymaster")
    try await client.failover("mymaster")
    for await topology in topologies {
      if let new = topology.master, new != old { return new }
    }
    throw CancellationError()
  }

  @Test func `setting up, connecting and reading commands do what the articles say`()
    async throws
  {
    let page = Page()
    try await Lab.open { lab in
      try await lab.settle()
      let sentinels = lab.sentinels.map(\.address)
      let master = lab.masters[0].address
      try await Examples.firstSteps(sentinels, page)
      #expect(page.lines.last == "mymaster \(master) master")
      try await Examples.discovering(sentinels, page)
      #expect(page.lines.suffix(3).first == "master \(master)")
      #expect(
        Set(page.lines.suffix(2)) == Set(lab.replicas.map { "replica \($0.address)" }))
      try await Examples.writingAndReading(sentinels, page)
      #expect(page.lines.last == "copies: 2 read: hello")
      try await Examples.addressMap(sentinels, page)
      #expect(page.lines.last == "localhost:\(master.port)")
      try await Examples.advanced(sentinels, page)
      #expect(page.lines.suffix(2).first == "checkout")
      #expect(page.lines.last?.hasPrefix("replica(") == true)
      try await withClient(of: lab) { client in
        let master = try client.makeMasterClient(for: "mymaster")
        try await Examples.commands(master, page)
        #expect(page.lines.suffix(2) == ["42 0 42 42", "idle for 0 s"])
        try await master.set("stock", 1)
        try await Examples.transaction(master, page)
        try await Examples.transaction(master, page)
        #expect(page.lines.suffix(2) == ["true", "false"])
        try await Examples.replicasOnly(client, page)
        #expect(page.lines.last == "hello")
        try await Examples.deadline(client, patience: .seconds(20), page)
        #expect(page.lines.last == "true")
        await Examples.everySentinel(client, page)
        #expect(
          Set(page.lines.suffix(3))
            == Set(sentinels.map { "\($0) says \(lab.masters[0].address) master epoch 0" }))
        try await Examples.monitoring(client, page)
        #expect(page.lines.contains("replicas: 2 other Sentinels: 2"))
        #expect(page.lines.suffix(5).first == "quorum: 2 epoch: 0")
      }
      try await Examples.run(sentinels, page)
      #expect(page.lines.last == "complete, at epoch 0")
    }
  }

  @Test func `one reachable Sentinel of three is enough to set up`() async throws {
    let page = Page()
    try await Lab.open { lab in
      try await lab.settle()
      try await lab.sentinels[0].kill()
      try await lab.sentinels[1].freeze()
      try await Examples.discovering(lab.sentinels.map(\.address), page)
      #expect(page.lines.first == "master \(lab.masters[0].address)")
      #expect(page.lines.count == 3)
    }
  }

  @Test func `the example of authentication reaches Sentinels and nodes behind two passwords`()
    async throws
  {
    let page = Page()
    var layout = LabLayout(sentinels: 1)
    layout.sentinelPassword = "sentinels-own"
    layout.nodePassword = "nodes-own"
    try await Lab.open(layout) { lab in
      try await Examples.authentication(
        lab.sentinels.map(\.address), sentinelPassword: "sentinels-own", nodeUser: "default",
        nodePassword: "nodes-own", page)
      #expect(page.lines == ["default"])
    }
  }

  @Test func `the example of TLS reaches nodes that want a certificate`() async throws {
    let page = Page()
    try await Certificates.open { files in
      var layout = LabLayout(replicas: 0, sentinels: 1)
      layout.tls = files.lab(wantsClientCertificates: false)
      try await Lab.open(layout) { lab in
        let identity = files.identity()
        try await Examples.tls(
          lab.sentinels.map(\.address), authority: files.authority,
          certificate: identity.certificateFile, key: identity.keyFile, page)
        #expect(page.lines == ["true"])
      }
    }
  }

  @Test func `the examples of failover, subscriptions and streams live through a failover`()
    async throws
  {
    let (writes, wire, news, changes) = (Page(), Page(), Page(), Page())
    try await Lab.open { lab in
      try await lab.settle()
      let sentinels = lab.sentinels.map(\.address)
      let orders = AsyncStream.makeStream(of: String.self)
      let headlines = AsyncStream.makeStream(of: String.self)
      try await withClient(of: lab) { client in
        async let writing: Void = Examples.failover(sentinels, orders: orders.stream, writes)
        async let reading: Void = Examples.pubSub(sentinels, headlines: headlines.stream, wire)
        async let hearing: Void = Examples.events(client, news)
        async let watching: Void = Examples.topology(client, changes)
        orders.continuation.yield("first")
        headlines.continuation.yield("good morning")
        await writes.wait(for: "stored first")
        await wire.wait(for: "news good morning")
        await changes.wait(for: "3 Sentinels")

        let new = try await switchMaster(client)
        orders.continuation.yield("second")
        orders.continuation.finish()
        await wire.wait(for: "something may be missing")
        headlines.continuation.yield("good night")
        headlines.continuation.finish()
        try await writing
        try await reading
        await news.wait(for: "the master was \(lab.masters[0].address) and is \(new)")
        await changes.wait(for: "master \(new)")

        let stored = try await client.makeMasterClient(for: "mymaster").get("order")
        #expect(stored == "second")
        #expect(wire.lines.last == "news good night")
        await client.shutdown()
        await hearing
        await watching
      }
    }
  }

  @Test func `the examples of management set a service up, fail it over and reset it`()
    async throws
  {
    let page = Page()
    try await Lab.open { lab in
      try await lab.settle()
      try await withClient(of: lab) { client in
        _ = try await client.stopMonitoring("mymaster").replies()
        let address = lab.masters[0].address
        try await Examples.monitor(client, at: address)
        for sentinel in lab.sentinels {
          let master = try await client.master(named: "mymaster", on: .one(sentinel.address))
          #expect(master.report.downAfter == .seconds(5))
          #expect(master.failoverTimeout == .seconds(60))
          #expect(master.quorum == 2)
        }
        // Until they have found each other and the replicas.
        for sentinel in lab.sentinels.map(\.address) {
          var isComplete = false
          while !isComplete {
            let others = try await client.otherSentinels(of: "mymaster", on: .one(sentinel))
            let replicas = try await client.replicas(of: "mymaster", on: .one(sentinel))
            isComplete =
              others.count == 2 && replicas.count { $0.sinceInfo != nil && $0.masterLink.isUp } == 2
          }
        }
        try await Examples.checkQuorum(client, page)
        #expect(
          page.lines.last?.hasPrefix("a failover could happen: OK 3 usable") == true,
          "\(page.lines)")
        try await Examples.failOver(client, page)
        #expect(page.lines.last?.hasPrefix("the master is 127.0.0.1:") == true)
        #expect(page.lines.last != "the master is \(address)")
        try await Examples.resetAndFlush(client, pause: .zero, page)
        #expect(page.lines.suffix(3) == lab.sentinels.map { "\($0.address) has reset 1" }[...])
      }
    }
  }

  @Test func `the example of error handling tells apart what went wrong`() async throws {
    let page = Page()
    try await Lab.open(LabLayout(replicas: 0, sentinels: 1)) { lab in
      var configuration = try SentinelConfiguration(endpoints: lab.sentinels.map(\.address))
      configuration.retry = .once
      let client = SentinelClient(configuration: configuration)
      try await Examples.errorHandling(client, "mymaster", page)
      #expect(page.lines.last == "visits: 1")
      try await Examples.errorHandling(client, "unknown", page)
      #expect(page.lines.last?.hasPrefix("no Sentinel knows it: no Sentinel knows") == true)
      try await client.makeMasterClient(for: "mymaster").set("visits", "many")
      try await Examples.errorHandling(client, "mymaster", page)
      #expect(page.lines.last?.hasPrefix("the server says no: ERR value is not") == true)
      try await Examples.replicasOnly(client, page)
      #expect(page.lines.last?.hasPrefix("no replica can be had:") == true)

      try await lab.masters[0].kill()
      try await Examples.errorHandling(client, "mymaster", page)
      #expect(page.lines.last?.hasPrefix("not counted: ") == true)
      try await Examples.deadline(client, patience: .milliseconds(50), page)
      #expect(page.lines.last == "false")
      try await lab.sentinels[0].kill()
      try await Examples.errorHandling(client, "mymaster", page)
      #expect(page.lines.last?.hasPrefix("no master for now: ") == true)
      await client.shutdown()
    }
  }

  @Test func `addresses are read as the example says`() {
    let page = Page()
    Examples.endpoints(page)
    #expect(page.lines == ["[10.0.0.1:26379, 10.0.0.2:26380, [fd00::3]:26379]"])
  }
}
