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
    read: @escaping @Sendable ([ReceivedReply], NodeAddress) throws(SentinelError) -> Reply
  ) async -> [SentinelAnswer<Reply>] {
    let start = ContinuousClock.now
    @Sendable func result(
      _ replies: Result<[ReceivedReply], SentinelError>, from endpoint: NodeAddress
    ) -> Result<Reply, SentinelError> {
      do throws(SentinelError) {
        let replies = try replies.get()
        guard replies.count == questions.count else {
          throw SentinelError(.protocolViolation, "replies are missing", endpoint: endpoint)
        }
        return .success(try read(replies, endpoint))
      } catch {
        return .failure(error.about(service))
      }
    }
    @Sendable func ask(_ endpoint: NodeAddress) async -> SentinelAnswer<Reply> {
      let replies = await replies(to: questions, from: endpoint).map {
        $0.map { ReceivedReply.value($0) }
      }
      let result = result(replies, from: endpoint)
      return SentinelAnswer(endpoint: endpoint, result: result, elapsed: start.duration(to: .now))
    }

    let asked = endpoints(of: target)
    guard !Task.isCancelled, let connections = links.connections(to: asked) else {
      return await withTaskGroup { group in
        for (index, endpoint) in asked.enumerated() {
          group.addTask { (index, await ask(endpoint)) }
        }
        return await group.reduce(into: []) { $0.append($1) }
          .sorted { $0.0 < $1.0 }.map(\.1)
      }
    }
    var answers: [SentinelAnswer<Reply>] = []
    // Read where they come in, while other Sentinels still work on theirs.
    let sent = await NodeConnection.send(pipeline: questions, over: connections) {
      replies, index -> Result<Reply, SentinelError>? in
      if case .failure(let error) = replies, !error.mayHaveExecuted, error.code != .cancelled {
        return nil
      }
      return result(replies, from: asked[index])
    }
    for (endpoint, (result, at)) in zip(asked, sent) {
      if let result {
        answers.append(
          SentinelAnswer(endpoint: endpoint, result: result, elapsed: start.duration(to: at)))
      } else {
        // It had died without a word: a new connection may be had.
        answers.append(await ask(endpoint))
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
