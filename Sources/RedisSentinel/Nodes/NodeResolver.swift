import SentinelModel
import Synchronization

/// Opens connections to where a service is now: asks the Sentinels each time, and believes nobody until
/// the node itself has said what it is.
actor NodeResolver {
  private let client: SentinelClient
  private let service: ServiceName
  private let node: ConnectionConfiguration
  private let pool: PoolConfiguration
  private var rotation: ReplicaRotation

  init(
    _ client: SentinelClient, _ service: ServiceName, node: ConnectionConfiguration,
    pool: PoolConfiguration
  ) {
    self.client = client
    self.service = service
    self.node = node
    self.pool = pool
    rotation = ReplicaRotation(penalty: pool.failedNodePenalty)
  }

  /// A connection to the master.
  ///
  /// - Throws: `.masterNotFound(.roleMismatch)` where the node that the Sentinels name goes on to say
  ///   that it is none.
  func connectToMaster(
    isStandIn: Bool = false, _ signal: @escaping @Sendable (ConnectionSignal) -> Void
  ) async throws(SentinelError) -> NodeConnection {
    let deadline = ContinuousClock.now + client.configuration.discoveryTimeout
    var refuted: Set<NodeAddress> = []
    while true {
      let (address, source) = try await client.locateMaster(of: service)
      do throws(SentinelError) {
        return try await NodeConnection.connect(
          to: client.configuration.addressMapper(address, .master), node,
          expecting: .node(.master), isStandIn: isStandIn, signal: signal)
      } catch let error where error.code == .roleMismatch {
        client.demote(source)
        guard ContinuousClock.now < deadline else {
          throw SentinelError(
            .masterNotFound(.roleMismatch),
            "the node that the Sentinels name as master says that it is none", service: service,
            underlying: [error])
        }
        // Another Sentinel may know better; when all have been asked, the node may need a moment.
        if refuted.insert(source).inserted, refuted.count < client.endpoints.count { continue }
        refuted = []
        do {
          let jitter = Double.random(in: 0.8...1.2)
          try await Task.sleep(for: client.configuration.roleMismatchDelay * jitter)
        } catch {
          throw SentinelError(.cancelled, "cancelled", service: service)
        }
      } catch {
        throw error.about(service)
      }
    }
  }

  /// A connection to the replica whose turn it is; to the master where there is none and that is
  /// allowed.
  ///
  /// - Throws: `.authentication` where every replica refuses who we are, `.tls` where TLS fails with
  ///   every one, else `.replicaNotFound`; with
  ///   each one's reason in `underlying`.
  func connectToReplica(
    _ signal: @escaping @Sendable (ConnectionSignal) -> Void
  ) async throws(SentinelError) -> NodeConnection {
    let replicas = try await client.announcedReplicas(of: service)
    var failures: [SentinelError] = []
    for replica in rotation.next(of: replicas, at: .now) {
      do throws(SentinelError) {
        return try await NodeConnection.connect(
          to: client.configuration.addressMapper(replica, .replica), node,
          expecting: .node(.replica), signal: signal)
      } catch let error where error.code == .cancelled {
        throw error
      } catch {
        rotation.failed(replica, at: .now)
        failures.append(error)
      }
    }
    // A password that is wrong everywhere must not hide behind the master.
    if !failures.isEmpty, failures.allSatisfy({ $0.code == .authentication }) {
      throw SentinelError(
        .authentication, "every replica refused the user name or the password",
        service: service, underlying: failures)
    }
    if !failures.isEmpty, failures.allSatisfy({ $0.code == .tls }) {
      throw SentinelError(
        .tls, "TLS could be agreed on with no replica", service: service, underlying: failures)
    }
    if pool.fallsBackToMaster {
      do throws(SentinelError) {
        return try await connectToMaster(isStandIn: true, signal)
      } catch {
        failures.append(error)
      }
    }
    throw SentinelError(
      .replicaNotFound, "no replica could be reached", service: service, underlying: failures)
  }
}
