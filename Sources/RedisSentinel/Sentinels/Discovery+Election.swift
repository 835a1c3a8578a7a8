import RESP
import SentinelModel

extension Discovery {
  /// An answer of a Sentinel, or that nothing more is waited for.
  private enum Vote: Sendable {
    case answer(NodeAddress, Result<[RESPValue], SentinelError>)
    case windowOver
    case deadline
  }

  /// Asks all Sentinels at once for a service's master, and chooses.
  func electMaster(
    of service: ServiceName, by policy: DiscoveryPolicy
  ) async throws(SentinelError) -> DiscoveryMachine.Found {
    let endpoints = client.endpoints
    var machine = DiscoveryMachine(
      service, minimumOtherSentinels: client.configuration.minimumOtherSentinels)
    var election = DiscoveryElection(policy, voters: endpoints.count)
    let questions = questions(machine)
    let result = await withTaskGroup(of: Vote.self) {
      group -> Result<DiscoveryMachine.Found, SentinelError> in
      func end(timedOut: Bool) -> Result<DiscoveryMachine.Found, SentinelError> {
        if let winner = election.winner { return .success(winner) }
        guard var failure = election.failure(of: service) else {
          return .failure(machine.failure(timedOut: timedOut))
        }
        failure.underlying = machine.rejections
        return .failure(failure)
      }
      for endpoint in endpoints {
        group.addTask { await .answer(endpoint, client.replies(to: questions, from: endpoint)) }
      }
      group.addTask {
        try? await Task.sleep(for: client.configuration.discoveryTimeout)
        return .deadline
      }
      defer { group.cancelAll() }
      var missing = endpoints.count
      var isFirst = true
      for await vote in group {
        if Task.isCancelled { return .failure(SentinelError(.cancelled, "cancelled")) }
        switch vote {
        case .deadline: return end(timedOut: true)
        case .windowOver: return end(timedOut: false)
        case .answer(_, .failure(let error)) where error.code == .clientShutDown:
          return .failure(error)
        case .answer(let endpoint, let answer):
          missing -= 1
          if let found = take(answer, from: endpoint, &machine) {
            if let winner = election.counted(found) { return .success(winner) }
            if isFirst, let window = election.window {
              isFirst = false
              group.addTask {
                try? await Task.sleep(for: window)
                return .windowOver
              }
            }
          }
          if missing == 0 { return end(timedOut: false) }
        }
      }
      return end(timedOut: false)
    }
    let found = try result.get()
    client.promote(found.source)
    return found
  }
}
