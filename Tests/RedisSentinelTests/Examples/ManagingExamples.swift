import RedisSentinel
import SentinelModel

extension Examples {
  static func monitoring(_ client: SentinelClient, _ print: Page) async throws {
    // snippet: monitoring
    for master in try await client.masters() {
      print(master.name, "at", master.address, "is", master.flags)
      print("replicas:", master.replicaCount, "other Sentinels:", master.otherSentinelCount)
    }
    let master = try await client.master(named: "mymaster")
    print("quorum:", master.quorum, "epoch:", master.configEpoch)
    for replica in try await client.replicas(of: "mymaster") {
      print("replica", replica.address, replica.flags, replica.masterLink.isUp ? "up" : "cut off")
    }
    for sentinel in try await client.otherSentinels(of: "mymaster") {
      print("Sentinel", sentinel.address, sentinel.flags)
    }
    // end
  }

  static func everySentinel(_ client: SentinelClient, _ print: Page) async {
    // snippet: every-sentinel
    for sentinel in client.endpoints {
      do throws(SentinelError) {
        let master = try await client.master(named: "mymaster", on: .one(sentinel))
        print(sentinel, "says", master.address, master.flags, "epoch", master.configEpoch)
      } catch {
        print(sentinel, "says nothing:", error.message)
      }
    }
    // end
  }

  static func monitor(_ client: SentinelClient, at address: NodeAddress) async throws {
    // snippet: monitor
    let monitored = try await client.monitor("mymaster", at: address, quorum: 2)
    let set = try await client.set(
      .downAfter(.seconds(5)), .failoverTimeout(.seconds(60)), .parallelSyncs(1), for: "mymaster")

    _ = try monitored.replies()  // throws what each Sentinel said where one didn't do it
    _ = try set.replies()
    // end
  }

  static func checkQuorum(_ client: SentinelClient, _ print: Page) async throws {
    // snippet: check-quorum
    let report = try await client.checkQuorum(of: "mymaster")
    print(report.isReachable ? "a failover could happen:" : "none could:", report.message)
    // end
  }

  static func failOver(_ client: SentinelClient, _ print: Page) async throws {
    // snippet: start-failover
    let leader = client.endpoints[0]
    let before = try await client.master(named: "mymaster", on: .one(leader))
    try await client.failover("mymaster", on: .one(leader))  // begun, not done

    var now = before
    repeat {
      try await Task.sleep(for: .milliseconds(100))
      now = try await client.master(named: "mymaster", on: .one(leader))
    } while now.flags.contains(.failoverInProgress)
    print(now.address == before.address ? "given up" : "the master is \(now.address)")
    // end
  }

  static func resetAndFlush(
    _ client: SentinelClient, pause: Duration, _ print: Page
  ) async throws {
    // snippet: reset
    for sentinel in client.configuration.endpoints {
      let count = try await client.reset(matching: "mymaster", on: .one(sentinel))
      print(sentinel, "has reset", count)
      try await Task.sleep(for: pause)  // until it has found everybody again: 30 seconds will do
    }
    _ = try await client.flushConfiguration().replies()
    // end
  }
}
