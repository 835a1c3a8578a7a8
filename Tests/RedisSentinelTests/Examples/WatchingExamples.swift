import RedisSentinel
import SentinelModel

extension Examples {
  static func events(_ client: SentinelClient, _ print: Page) async {
    // snippet: events
    for await element in client.events(of: "mymaster") {
      print(element.source, element.event)
      if case .switched(let old, let new) = element.event.detail {
        print("the master was \(old) and is \(new)")
      }
    }
    // end
  }

  static func topology(_ client: SentinelClient, _ print: Page) async {
    // snippet: topology
    for await topology in client.topology(of: "mymaster") {
      print(
        "epoch \(topology.epoch), master \(topology.master?.description ?? "unknown"),",
        "\(topology.replicas.count { !$0.flags.isDown }) of \(topology.replicas.count) replicas up,",
        "\(topology.sentinels.count) Sentinels")
    }
    // end
  }

  static func run(_ sentinels: [NodeAddress], _ print: Page) async throws {
    let client = SentinelClient(configuration: try SentinelConfiguration(endpoints: sentinels))
    // snippet: run
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await client.run() }
      for await topology in client.topology(of: "mymaster") where topology.replicas.count == 2 {
        print("complete, at epoch \(topology.epoch)")
        break
      }
      group.cancelAll()
    }
    // end
    await client.shutdown()
  }
}
