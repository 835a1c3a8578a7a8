package import RedisSentinel
package import SentinelModel

/// Carries out operators' commands, or refuses: the one door through which a change can leave.
package actor Operator {
  /// Whether changes are refused.
  package private(set) var isReadOnly: Bool
  private let connection: ConnectionConfiguration
  private let now: @Sendable () -> Timestamp

  package init(
    _ connection: ConnectionConfiguration, isReadOnly: Bool,
    now: @escaping @Sendable () -> Timestamp
  ) {
    self.connection = connection
    self.isReadOnly = isReadOnly
    self.now = now
  }

  /// Refuses changes from now on, or carries them out again.
  package func setReadOnly(_ isReadOnly: Bool) {
    self.isReadOnly = isReadOnly
  }

  /// Asks those Sentinels, each once, all at the same time, and says what each answered.
  ///
  /// A failover is asked of one Sentinel only, however many are given: each would promote a replica.
  package func run(_ command: Command, on sentinels: [NodeAddress]) async -> Outcome {
    let startedAt = now()
    let asked = if case .failover = command { Array(sentinels.prefix(1)) } else { sentinels }
    func outcome(_ answers: [Outcome.Answer]) -> Outcome {
      Outcome(command: command, startedAt: startedAt, endedAt: now(), answers: answers)
    }
    func refusal(_ reason: String) -> Outcome {
      outcome(
        asked.map {
          Outcome.Answer(sentinel: $0, verdict: .refused(reason), elapsed: .zero)
        })
    }
    guard !isReadOnly || Self.mayRunReadOnly(command) else {
      return refusal("not sent: this is a read-only session")
    }
    let client: SentinelClient
    do throws(SentinelError) {
      try command.validate()
      client = SentinelClient(
        configuration: try SentinelConfiguration(
          endpoints: asked, sentinelConnection: connection))
    } catch {
      return refusal(error.message)
    }
    let answers = await ask(client, command)
    await client.shutdown()
    return outcome(answers)
  }

  /// What may leave in a read-only session: an allow-list, so that a new command is refused until
  /// somebody has thought about it.
  private static func mayRunReadOnly(_ command: Command) -> Bool {
    switch command {
    case .checkQuorum: true
    case .failover, .reset, .monitor, .remove, .set, .flushConfiguration: false
    }
  }

  private func ask(_ client: SentinelClient, _ command: Command) async -> [Outcome.Answer] {
    switch command {
    case .checkQuorum(let service):
      await client.askAll(.checkQuorum(service)).map { answer in
        Outcome.Answer(answer) { $0.isReachable ? .accepted($0.message) : .refused($0.message) }
      }
    case .reset(let pattern):
      await client.askAll(.reset(pattern: pattern)).map { answer in
        Outcome.Answer(answer) { count in
          count == 0
            ? .refused("no service matches")
            : .accepted("\(count) service\(count == 1 ? "" : "s") reset")
        }
      }
    case .failover, .monitor, .remove, .set, .flushConfiguration:
      await client.askAll(.order(command)).map { answer in
        Outcome.Answer(answer) { .accepted($0) }
      }
    }
  }
}

extension Outcome.Answer {
  fileprivate init<Reply>(
    _ answer: SentinelAnswer<Reply>, _ accept: (Reply) -> Outcome.Verdict
  ) {
    let verdict: Outcome.Verdict =
      switch answer.result {
      case .success(let reply): accept(reply)
      case .failure(let error) where error.isServerReply && error.code != .authentication:
        .refused(error.message)
      case .failure(let error) where error.mayHaveExecuted: .unknown(error.message)
      case .failure(let error): .failed(error.message)
      }
    self.init(sentinel: answer.endpoint, verdict: verdict, elapsed: answer.elapsed)
  }
}
