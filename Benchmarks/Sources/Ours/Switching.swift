import RedisSentinel
import SentinelModel

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// One failover: from the moment `+switch-master` came in to the first write that the new master
/// has acknowledged.
enum Switching {
  static func measure(_ service: ServiceName, _ client: SentinelClient) async throws -> Figure {
    let listening = Task { await client.run() }
    defer { listening.cancel() }
    let events = client.events(of: service)
    // What is told of the service comes over the connections that listen: now they do.
    for await _ in client.topology(of: service) { break }
    let master = try client.makeMasterClient(for: service)
    let announcement = Task { await Self.announcement(in: events) }
    let acknowledgement = Task { try await firstWriteElsewhere(through: master) }
    try await client.failover(service)
    let acknowledged = try await acknowledgement.value
    guard let announced = await announcement.value, announced.port == acknowledged.port else {
      throw OtherMaster(acknowledged: acknowledged.port)
    }
    let took = Duration.microseconds(max(0, acknowledged.at - announced.at))
    try await settle(service, client)
    await client.shutdown()
    return Figure(operations: 1, wall: took, samples: [took])
  }

  /// The new master's port, and when it was named; the first Sentinel to say so counts.
  private static func announcement(in events: EventStream) async -> (port: Int, at: Int64)? {
    for await element in events {
      guard case .switched(_, let new) = element.event.detail else { continue }
      return (new.port, element.receivedAt.microseconds)
    }
    return nil
  }

  /// Writes without a pause until another server than the first has acknowledged one.
  private static func firstWriteElsewhere(
    through master: RedisClient
  ) async throws -> (port: Int, at: Int64) {
    let set = RedisCommand<Bool>.set("bench:failover", "a value")
    // In the same piece, so that it tells which server has taken the write.
    let port = RedisCommand("CONFIG", "GET", "port", as: [String: Int].self, isReplayable: true)
    var first: Int?
    while true {
      guard let (isSet, settings) = try? await master.pipeline(set, port),
        (try? isSet.get()) == true, let port = try? settings.get()["port"]
      else { continue }
      if let first, first != port { return (port, now()) }
      first = port
    }
  }

  /// Waits until every Sentinel sees a healthy service again, so that the next failover can begin.
  ///
  /// About 20 s pass: a Sentinel lets a demoted master alone for 8 s before it makes it a replica,
  /// and asks a replica how its link is each 10 s.
  private static func settle(_ service: ServiceName, _ client: SentinelClient) async throws {
    for _ in 0..<600 {
      if try await isHealthy(service, client) { return }
      try await Task.sleep(for: .milliseconds(100))
    }
    throw NotSettled(service: service)
  }

  private static func isHealthy(
    _ service: ServiceName, _ client: SentinelClient
  ) async throws -> Bool {
    var masters: Set<NodeAddress> = []
    for endpoint in client.configuration.endpoints {
      let master = try await client.master(named: service, on: .one(endpoint))
      let replicas = try await client.replicas(of: service, on: .one(endpoint))
      masters.insert(master.address)
      guard master.failoverState == nil, !master.flags.isDown, replicas.count >= 2,
        replicas.allSatisfy({ $0.masterLink.isUp && !$0.flags.isDown })
      else { return false }
    }
    return masters.count == 1
  }

  /// Microseconds since 1970, as events are stamped.
  private static func now() -> Int64 {
    Figure.time(of: CLOCK_REALTIME).inMicroseconds
  }
}

/// A minute after the failover the Sentinels still see no healthy service.
struct NotSettled: Error {
  var service: ServiceName
}

/// A write was acknowledged by another server than the one that was announced.
struct OtherMaster: Error {
  var acknowledged: Int
}
