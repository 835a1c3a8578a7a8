import RESP
public import SentinelModel

/// A failover that has begun: who runs it, and how to wait for its end.
public struct FailoverTicket: Sendable {
  /// The service.
  public let service: ServiceName
  /// The Sentinel that runs it.
  public let sentinel: NodeAddress
  /// The master that is to be replaced, as that Sentinel announced it; nil where we may not ask.
  public let oldMaster: NodeAddress?
  let client: SentinelClient

  /// Waits until the Sentinel that runs it is done, and gives the new master's address, as the
  /// `addressMapper` gives it. Where that Sentinel is lost meanwhile, the word of any other counts that
  /// names another master.
  ///
  /// - Throws: `.failoverAborted` where the master stays what it was; `.timeout(.failover)`, which says
  ///   nothing about how it will end; `.masterNotFound(.unknownService)` where the service was removed.
  public func waitForCompletion(
    timeout: Duration = .seconds(60)
  ) async throws(SentinelError) -> NodeAddress {
    let deadline = ContinuousClock.now + timeout
    while true {
      switch try await progress() {
      case .done(let address): return client.configuration.addressMapper(address, .master)
      case .aborted:
        throw SentinelError(
          .failoverAborted, "the failover was given up: the master is the one that it was",
          endpoint: sentinel, service: service)
      case .running: break
      }
      guard ContinuousClock.now < deadline else {
        throw SentinelError(
          .timeout(.failover), "the failover isn't over after \(timeout)", endpoint: sentinel,
          service: service)
      }
      do {
        try await Task.sleep(for: min(Self.pause, deadline - .now))
      } catch {
        throw SentinelError(.cancelled, "cancelled", service: service)
      }
    }
  }

  private static let pause = Duration.milliseconds(100)

  private enum Progress { case running, done(NodeAddress), aborted }

  private func progress() async throws(SentinelError) -> Progress {
    switch await client.replies(to: Self.questions(service), from: sentinel) {
    case .success(let replies):
      let look = Look(replies, service, from: sentinel)
      if look.isUnknown {
        throw SentinelError(
          .masterNotFound(.unknownService), "the service was removed meanwhile",
          endpoint: sentinel, service: service)
      }
      guard look.isRunning == false else {
        // Without the permission to ask, only the address tells, which changes before the end.
        let isOver = look.isRunning == nil && look.address != nil && look.address != oldMaster
        return isOver ? look.address.map { .done($0) } ?? .running : .running
      }
      guard let address = look.address, address != oldMaster else { return .aborted }
      return .done(address)
    case .failure(let error) where error.code == .cancelled || error.code == .clientShutDown:
      throw error
    case .failure:
      let address = (try? await client.masterAddress(of: service)).flatMap(\.self)
      return address.flatMap { $0 != oldMaster ? .done($0) : nil } ?? .running
    }
  }

  static func questions(_ service: ServiceName) -> [[String]] {
    [
      SentinelQuery.masterAddress(service).words,
      SentinelQuery<MasterState>.master(service).words,
    ]
  }

  /// What a Sentinel says of a service at one moment.
  struct Look {
    var address: NodeAddress?
    /// Whether a failover runs; nil where we may not ask.
    var isRunning: Bool?
    var isUnknown = false

    init(_ replies: [RESPValue], _ service: ServiceName, from sentinel: NodeAddress) {
      guard replies.count == 2 else { return }
      let named = try? SentinelQuery.masterAddress(service).reply(replies[0], from: sentinel)
      isUnknown = named == .some(nil)
      let state = try? SentinelQuery.master(service).reply(replies[1], from: sentinel)
      isRunning = state.map { $0.flags.contains(.failoverInProgress) }
      // While it runs, this one is ahead of the other.
      address = state?.address ?? named.flatMap(\.self)
    }
  }
}
