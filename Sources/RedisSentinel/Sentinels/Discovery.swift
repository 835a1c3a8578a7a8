import RESP
import SentinelModel

/// Asks Sentinels for a service's nodes, one after another, and the next one already when one is slow.
struct Discovery {
  let client: SentinelClient

  /// An answer of a Sentinel, or that it is time for something.
  private enum Event: Sendable {
    case answer(NodeAddress, Result<[RESPValue], SentinelError>)
    case hedge
    case deadline
  }

  /// Asks until `judge` accepts an answer. Nobody's answer, nor silence, ends the search but that.
  ///
  /// - Throws: what `failure` makes of it, or `.cancelled`.
  func ask<Found: Sendable>(
    _ questions: [[String]], judge: (NodeAddress, Result<[RESPValue], SentinelError>) -> Found?,
    failure: (_ timedOut: Bool) -> SentinelError
  ) async throws(SentinelError) -> Found {
    let result = await withTaskGroup(of: Event.self) { group -> Result<Found, SentinelError> in
      var waiting = client.endpoints[...]
      var asked: [NodeAddress] = []
      func askNext() {
        guard let endpoint = waiting.popFirst() else { return }
        asked.append(endpoint)
        group.addTask { await .answer(endpoint, client.replies(to: questions, from: endpoint)) }
        group.addTask {
          try? await Task.sleep(for: client.configuration.hedgeDelay)
          return .hedge
        }
      }
      group.addTask {
        try? await Task.sleep(for: client.configuration.discoveryTimeout)
        return .deadline
      }
      defer { group.cancelAll() }
      askNext()
      for await event in group {
        if Task.isCancelled { return .failure(SentinelError(.cancelled, "cancelled")) }
        switch event {
        case .deadline:
          for endpoint in asked {
            let late = SentinelError(.timeout(.command), "no answer yet", endpoint: endpoint)
            _ = judge(endpoint, .failure(late))
          }
          return .failure(failure(true))
        case .hedge: askNext()
        case .answer(let endpoint, let answer):
          if case .failure(let error) = answer, error.code == .clientShutDown {
            return .failure(error)
          }
          if let found = judge(endpoint, answer) {
            client.promote(endpoint)
            return .success(found)
          }
          asked.removeAll { $0 == endpoint }
          askNext()
          if asked.isEmpty { return .failure(failure(false)) }
        }
      }
      return .failure(failure(false))
    }
    return try result.get()
  }
}

extension Discovery {
  /// A service's master, as the policy says.
  func master(
    of service: ServiceName
  ) async throws(SentinelError) -> DiscoveryMachine.Found {
    let policy = client.configuration.discoveryPolicy
    guard policy == .firstAcceptable else { return try await electMaster(of: service, by: policy) }
    var machine = DiscoveryMachine(
      service, minimumOtherSentinels: client.configuration.minimumOtherSentinels)
    return try await ask(
      questions(machine), judge: { take($1, from: $0, &machine) },
      failure: { machine.failure(timedOut: $0) })
  }

  /// What to ask each Sentinel in one go: about the master, and whom else we could ask.
  func questions(_ machine: DiscoveryMachine) -> [[String]] {
    guard client.configuration.learnsSentinels else { return machine.questions }
    return machine.questions + [
      SentinelQuery<Entries<SentinelState>>.sentinels(machine.service).words,
      SentinelQuery.myID.words,
    ]
  }

  /// Judges an answer; where it can be taken, the other Sentinels that it lists are learnt.
  func take(
    _ answer: Result<[RESPValue], SentinelError>, from endpoint: NodeAddress,
    _ machine: inout DiscoveryMachine
  ) -> DiscoveryMachine.Found? {
    switch answer {
    case .failure(let error):
      machine.failed(error)
      return nil
    case .success(let replies):
      let count = machine.questions.count
      let found = machine.received(Array(replies.prefix(count)), from: endpoint)
      guard found != nil, replies.count > count + 1 else { return found }
      // Where we may not ask, we go on with those we have.
      if let id = try? SentinelQuery.myID.reply(replies[count + 1], from: endpoint) {
        client.identified(endpoint, as: id)
      }
      if let others = try? SentinelQuery.sentinels(machine.service).reply(
        replies[count], from: endpoint)
      {
        client.learn(others.entries, from: endpoint)
      }
      return found
    }
  }

  /// Replicas fit for reading, by address; empty where the Sentinels know the service but no replica.
  func replicas(of service: ServiceName) async throws(SentinelError) -> [NodeAddress] {
    var machine = DiscoveryMachine(service, minimumOtherSentinels: 0)
    var knowsService = false
    do throws(SentinelError) {
      return try await ask(
        [
          SentinelQuery.replicas(service).words,
          SentinelQuery.replicas(service, word: "SLAVES").words,
        ],
        judge: { endpoint, answer -> [NodeAddress]? in
          do throws(SentinelError) {
            let replies = try answer.get()
            let entries: Entries<ReplicaState>
            do throws(SentinelError) {
              entries = try SentinelQuery.replicas(service).reply(
                replies.first ?? .null, from: endpoint)
            } catch let error where error.code == .masterNotFound(.unknownService) {
              throw error
            } catch {
              // The old word is an entry of its own in ACLs, and the only one before 5.0.
              entries = try SentinelQuery.replicas(service, word: "SLAVES").reply(
                replies.last ?? .null, from: endpoint)
            }
            knowsService = true
            let fit = entries.entries.fitForReading
            return fit.isEmpty ? nil : fit
          } catch {
            machine.failed(error)
            return nil
          }
        }, failure: { machine.failure(timedOut: $0) })
    } catch let error where knowsService && error.code != .cancelled {
      return []
    } catch {
      throw error
    }
  }
}

extension [ReplicaState] {
  /// Those that are up, the connected ones before the others, the linked ones before those.
  var fitForReading: [NodeAddress] {
    let up = filter {
      !$0.flags.isDown && $0.flags.role == .replica && !$0.address.host.isEmpty
        && $0.address.port > 0
    }
    // The flag may be a blip: who has nobody else takes them too.
    let connected = up.filter { !$0.flags.contains(.disconnected) }
    let chosen = connected.isEmpty ? up : connected
    return chosen.sorted {
      $0.masterLink.isUp == $1.masterLink.isUp
        ? $0.address < $1.address : $0.masterLink.isUp
    }.map(\.address)
  }
}
