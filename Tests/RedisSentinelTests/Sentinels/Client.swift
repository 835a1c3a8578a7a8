import SentinelModel
import Testing

@testable import RedisSentinel

/// What is to be different in a configuration.
struct Tweak {
  let apply: (inout SentinelConfiguration) -> Void

  init(_ apply: @escaping (inout SentinelConfiguration) -> Void) { self.apply = apply }
}

/// Lends a client of servers, and shuts it down.
func withClient<Result>(
  of endpoints: [NodeAddress], minimumOthers: Int = 0, password: String? = nil,
  patience: Duration = .seconds(20), discovery: Duration = .seconds(60),
  hedge: Duration = .seconds(60), change: Tweak = Tweak { _ in },
  _ body: (SentinelClient) async throws -> Result
) async throws -> Result {
  var configuration = try SentinelConfiguration(
    endpoints: endpoints,
    sentinelConnection: ConnectionConfiguration(
      connectTimeout: .seconds(20), commandTimeout: patience,
      authentication: password.map { Authentication(password: $0) }),
    minimumOtherSentinels: minimumOthers)
  configuration.discoveryTimeout = discovery
  configuration.hedgeDelay = hedge
  // On a machine that is busy with other things, opening a connection takes its time.
  configuration.pool.whenExhausted = .wait(.seconds(50))
  configuration.nodeConnection.connectTimeout = .seconds(50)
  configuration.nodeConnection.commandTimeout = .seconds(50)
  change.apply(&configuration)
  let client = SentinelClient(configuration: configuration)
  do {
    let result = try await body(client)
    await client.shutdown()
    return result
  } catch {
    await client.shutdown()
    throw error
  }
}

/// Lends a client of servers that play these scripts, and the servers.
func withServers<Result>(
  playing scripts: [FakeSentinel.Script], minimumOthers: Int = 0, password: String? = nil,
  patience: Duration = .seconds(20), discovery: Duration = .seconds(60),
  hedge: Duration = .seconds(60), change: Tweak = Tweak { _ in },
  _ body: (SentinelClient, [FakeSentinel]) async throws -> Result
) async throws -> Result {
  try await FakeSentinel.open(all: scripts) { servers in
    try await withClient(
      of: servers.map(\.address), minimumOthers: minimumOthers, password: password,
      patience: patience, discovery: discovery, hedge: hedge, change: change
    ) { try await body($0, servers) }
  }
}

/// The error that a call ends with; nil where it ends well.
func failure(of call: () async throws -> some Any) async -> SentinelError? {
  do {
    _ = try await call()
    return nil
  } catch {
    if !(error is SentinelError) { Issue.record(error) }
    return error as? SentinelError
  }
}

extension SentinelAnswer {
  var reply: Reply? { try? result.get() }
  var failure: SentinelError? { if case .failure(let error) = result { error } else { nil } }
}
