import RESP
import RedisSentinel
import SentinelModel

extension Examples {
  static func failover(
    _ sentinels: [NodeAddress], orders: AsyncStream<String>, _ print: Page
  ) async throws {
    // snippet: failover
    var configuration = try SentinelConfiguration(endpoints: sentinels)
    configuration.retry = RetryPolicy(maximumAttempts: 20)
    let client = SentinelClient(configuration: configuration)
    let master = try client.makeMasterClient(for: "mymaster")

    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await client.run() }  // hears of a switch the moment it is announced
      for await order in orders {
        try await master.set("order", order)  // may pause while there is no master
        print("stored", order)
      }
      group.cancelAll()
    }
    await client.shutdown()
    // end
  }

  static func deadline(_ client: SentinelClient, patience: Duration, _ print: Page) async throws {
    // snippet: deadline
    let master = try client.makeMasterClient(for: "mymaster", retry: .forever)
    let isStored = await withTaskGroup(of: Bool.self) { group in
      group.addTask { (try? await master.set("greeting", "hello")) != nil }
      group.addTask {
        try? await Task.sleep(for: patience)
        return false
      }
      defer { group.cancelAll() }  // also ends what is still being tried
      return await group.next() ?? false
    }
    // end
    print(isStored)
  }

  static func pubSub(
    _ sentinels: [NodeAddress], headlines: AsyncStream<String>, _ print: Page
  ) async throws {
    // snippet: pub-sub
    let client = SentinelClient(configuration: try SentinelConfiguration(endpoints: sentinels))
    let master = try client.makeMasterClient(for: "mymaster")
    let listening = Task { await client.run() }
    defer { listening.cancel() }

    try await master.subscribe(to: "news") { messages in
      // The server has confirmed: what is published from here on is heard.
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          for await headline in headlines { try await master.publish("news", headline) }
        }
        group.addTask {
          for try await element in messages {
            switch element {
            case .message(let message):
              print(message.channel.text, message.payload.text)
              if message.payload == "good night" { return }
            case .resubscribed:
              print("connected anew: something may be missing")
            }
          }
        }
        for try await _ in group {}  // where one fails, the other one ends too
      }
    }
    await client.shutdown()
    // end
  }

  static func errorHandling(_ client: SentinelClient, _ service: ServiceName, _ print: Page)
    async throws
  {
    // snippet: error-handling
    let master = try client.makeMasterClient(for: service)
    do throws(SentinelError) {
      try await master.ping()
      print("visits:", try await master.incr("visits"))
    } catch {
      switch error.code {
      case .masterNotFound(.unknownService):
        print("no Sentinel knows it:", error)
      case .masterNotFound, .sentinelsUnreachable:
        print("no master for now:", error)  // with what each Sentinel said
      case .authentication, .forbidden, .tls:
        print("somebody has to change a setting:", error)
      case _ where error.isConnectionFailure:
        print(error.mayHaveExecuted ? "perhaps counted:" : "not counted:", error)
      case _ where error.isServerReply:
        print("the server says no:", error.message)
      default:
        throw error
      }
    }
    // end
  }
}
