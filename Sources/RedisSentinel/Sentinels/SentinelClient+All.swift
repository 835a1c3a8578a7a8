import RESP
public import SentinelModel

// Asking several Sentinels at the same time.
extension SentinelClient {
  /// The answers of all Sentinels, or of those that the target names, in the order of the
  /// configuration. They are asked at the same time; nobody's failure hides another's answer.
  public func askAll<Reply>(
    _ query: SentinelQuery<Reply>, on target: Target = .all
  ) async -> [SentinelAnswer<Reply>] {
    do throws(SentinelError) {
      try query.validate()
    } catch {
      // Nothing is sent that no Sentinel could carry out.
      return endpoints(of: target).map {
        SentinelAnswer(endpoint: $0, result: .failure(error.about(query.service)), elapsed: .zero)
      }
    }
    return await askEach([query.words], about: query.service, on: target) {
      replies, endpoint throws(SentinelError) in
      try query.reply(replies[0], from: endpoint)
    }
  }

  /// The same with several questions to each Sentinel, sent in one go; reads as many replies.
  func askEach<Reply>(
    _ questions: [[String]], about service: ServiceName?, on target: Target,
    read: @escaping @Sendable ([RESPValue], NodeAddress) throws(SentinelError) -> Reply
  ) async -> [SentinelAnswer<Reply>] {
    @Sendable func answer(
      _ replies: Result<[RESPValue], SentinelError>, from endpoint: NodeAddress,
      after time: Duration
    ) -> SentinelAnswer<Reply> {
      let result: Result<Reply, SentinelError>
      do throws(SentinelError) {
        let replies = try replies.get()
        guard replies.count == questions.count else {
          throw SentinelError(.protocolViolation, "replies are missing", endpoint: endpoint)
        }
        result = .success(try read(replies, endpoint))
      } catch {
        result = .failure(error.about(service))
      }
      return SentinelAnswer(endpoint: endpoint, result: result, elapsed: time)
    }

    let asked = endpoints(of: target)
    let start = ContinuousClock.now
    guard !Task.isCancelled, let connections = await links.connections(to: asked) else {
      return await withTaskGroup { group in
        for (index, endpoint) in asked.enumerated() {
          group.addTask {
            let replies = await self.replies(to: questions, from: endpoint)
            return (index, answer(replies, from: endpoint, after: start.duration(to: .now)))
          }
        }
        return await group.reduce(into: []) { $0.append($1) }
          .sorted { $0.0 < $1.0 }.map(\.1)
      }
    }
    var answers: [SentinelAnswer<Reply>] = []
    let sent = await NodeConnection.send(pipeline: questions, over: connections)
    for (endpoint, (replies, at)) in zip(asked, sent) {
      if case .failure(let error) = replies, !error.mayHaveExecuted, error.code != .cancelled {
        // It had died without a word: a new connection may be had.
        let again = await self.replies(to: questions, from: endpoint)
        answers.append(answer(again, from: endpoint, after: start.duration(to: .now)))
      } else {
        answers.append(answer(replies, from: endpoint, after: start.duration(to: at)))
      }
    }
    return answers
  }

  private func endpoints(of target: Target) -> [NodeAddress] {
    switch target {
    case .all: configuration.endpoints
    case .one(let endpoint): [endpoint]
    case .first: Array(endpoints.prefix(1))
    case .any: Array(endpoints.shuffled().prefix(1))
    }
  }
}
