// snippet: imports
import RESP
import RedisSentinel
import SentinelModel

// end

/// What the articles show, as they show it: only with what a program that uses the library can use.
enum Examples {
  static func endpoints(_ print: Page) {
    // snippet: endpoints
    let sentinels = ["10.0.0.1", "10.0.0.2:26380", "[fd00::3]:26379"].compactMap {
      NodeAddress(parsing: $0, defaultPort: SentinelConfiguration.defaultPort)
    }
    // end
    print(sentinels)
  }

  static func firstSteps(_ sentinels: [NodeAddress], _ print: Page) async throws {
    // snippet: first-steps
    let client = SentinelClient(configuration: try SentinelConfiguration(endpoints: sentinels))
    let master = try client.makeMasterClient(for: "mymaster")  // follows every failover
    let replicas = try client.makeReplicaClient(for: "mymaster")

    try await master.set("greeting", "hello")
    print(try await replicas.get("greeting") ?? "not there yet")  // replication takes a moment
    for service in try await client.masters() {
      print(service.name, service.address, service.flags)
    }
    await client.shutdown()
    // end
  }

  static func discovering(_ sentinels: [NodeAddress], _ print: Page) async throws {
    // snippet: discovering
    let client = SentinelClient(
      configuration: try SentinelConfiguration(
        endpoints: sentinels,
        sentinelConnection: ConnectionConfiguration(
          connectTimeout: .milliseconds(500), commandTimeout: .milliseconds(500))))

    print("master", try await client.discoverMaster(of: "mymaster"))
    for replica in try await client.discoverReplicas(of: "mymaster") {
      print("replica", replica)
    }
    await client.shutdown()
    // end
  }

  static func authentication(
    _ sentinels: [NodeAddress], sentinelPassword: String, nodeUser: String, nodePassword: String,
    _ print: Page
  ) async throws {
    // snippet: authentication
    var configuration = try SentinelConfiguration(endpoints: sentinels)
    configuration.sentinelConnection.authentication = Authentication(password: sentinelPassword)
    configuration.nodeConnection.authentication = Authentication(
      username: nodeUser, password: nodePassword)

    let client = SentinelClient(configuration: configuration)
    let master = try client.makeMasterClient(for: "mymaster")
    try await master.ping()
    // end
    print(try await master.execute(RedisCommand("ACL", "WHOAMI", as: String.self)))
    await client.shutdown()
  }

  static func tls(
    _ sentinels: [NodeAddress], authority: String, certificate: String, key: String, _ print: Page
  ) async throws {
    // snippet: tls
    var configuration = try SentinelConfiguration(endpoints: sentinels)
    configuration.sentinelConnection.tls = .enabled(.init(trust: .file(authority)))
    configuration.nodeConnection.tls = .enabled(
      .init(
        trust: .file(authority),
        identity: .init(certificateFile: certificate, keyFile: key)))
    // end
    let client = SentinelClient(configuration: configuration)
    print(try await client.makeMasterClient(for: "mymaster").set("greeting", "hello"))
    await client.shutdown()
  }

  static func addressMap(_ sentinels: [NodeAddress], _ print: Page) async throws {
    // snippet: address-map
    var configuration = try SentinelConfiguration(endpoints: sentinels)
    configuration.addressMapper = AddressMapper { announced, role in
      NodeAddress(host: "localhost", port: announced.port)  // each node at the end of a tunnel
    }
    // end
    configuration.nodeConnection.roleVerification = .required
    let client = SentinelClient(configuration: configuration)
    let master = try client.makeMasterClient(for: "mymaster")
    print(try await master.withConnection { connection in connection.endpoint })
    await client.shutdown()
  }

  static func advanced(_ sentinels: [NodeAddress], _ print: Page) async throws {
    // snippet: advanced
    var configuration = try SentinelConfiguration(
      endpoints: sentinels,
      nodeConnection: ConnectionConfiguration(
        connectTimeout: .seconds(2), commandTimeout: .seconds(2), clientName: "checkout"),
      minimumOtherSentinels: 1)
    configuration.nodeConnection.healthCheckInterval = .seconds(30)
    configuration.pool = PoolConfiguration(
      maximumConnections: 20, whenExhausted: .wait(.seconds(2)))
    configuration.retry = RetryPolicy(maximumAttempts: 5, retriesOnTimeout: true)
    let client = SentinelClient(configuration: configuration)
    let master = try client.makeMasterClient(for: "mymaster")

    // What is given for one client takes the place of the configuration's.
    var patient = configuration.nodeConnection
    patient.commandTimeout = .seconds(30)
    let reports = try client.makeReplicaClient(
      for: "mymaster", node: patient, pool: PoolConfiguration(maximumConnections: 2),
      retry: .once)
    // end
    try await master.ping()
    print(try await master.execute(RedisCommand("CLIENT", "GETNAME", as: String.self)))
    print(try await reports.role())
    await client.shutdown()
  }
}
