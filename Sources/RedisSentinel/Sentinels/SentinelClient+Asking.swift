import RESP
public import SentinelModel

// Questions and orders, and whom they go to.
extension SentinelClient {
  /// One answer, from the Sentinel that the target names.
  ///
  /// With `.first` and `.any`, Sentinels that can't be reached, don't answer, or aren't Sentinels are
  /// passed over; an error reply is an answer. A change that may have been carried out is never sent
  /// to a second Sentinel.
  ///
  /// - Throws: `.invalidConfiguration` for `.all`, whose answers are several: see `askAll`.
  public func ask<Reply>(
    _ query: SentinelQuery<Reply>, on target: Target = .first
  ) async throws(SentinelError) -> Reply {
    try await ask(query, after: [], on: target).reply
  }

  /// The same, with who answered, and what it answered to questions that were sent before in one go.
  func ask<Reply>(
    _ query: SentinelQuery<Reply>, after questions: [[String]], on target: Target
  ) async throws(SentinelError) -> (reply: Reply, before: [RESPValue], endpoint: NodeAddress) {
    try query.validate()
    let candidates: [NodeAddress]
    switch target {
    case .first: candidates = endpoints
    case .any: candidates = endpoints.shuffled()
    case .one(let endpoint): candidates = [endpoint]
    case .all:
      throw SentinelError(.invalidConfiguration, "one answer can't come from all Sentinels")
    }
    var failures: [SentinelError] = []
    for endpoint in candidates {
      do throws(SentinelError) {
        let replies = try await send(questions + [query.words], to: endpoint)
        promote(endpoint)
        return (
          try query.reply(replies.last ?? .null, from: endpoint), replies.dropLast(), endpoint
        )
      } catch {
        let isFinal =
          error.isServerReply && error.code != .authentication || error.code == .cancelled
          || error.code == .clientShutDown || (query.isChange && error.mayHaveExecuted)
        guard !isFinal, candidates.count > 1 else { throw error.about(query.service) }
        failures.append(error)
      }
    }
    if !failures.isEmpty, failures.allSatisfy({ $0.code == .authentication }) {
      throw SentinelError(
        .authentication, "every Sentinel refused the user name or the password",
        service: query.service, underlying: failures)
    }
    if !failures.isEmpty, failures.allSatisfy({ $0.code == .tls }) {
      throw SentinelError(
        .tls, "TLS could be agreed on with no Sentinel", service: query.service,
        underlying: failures)
    }
    throw SentinelError(
      .sentinelsUnreachable, "no Sentinel could be asked", service: query.service,
      underlying: failures)
  }

  /// The answers of all Sentinels, or of those that the target names, in the order of the
  /// configuration. They are asked at the same time; nobody's failure hides another's answer.
  public func askAll<Reply>(
    _ query: SentinelQuery<Reply>, on target: Target = .all
  ) async -> [SentinelAnswer<Reply>] {
    let asked: [NodeAddress]
    switch target {
    case .all: asked = configuration.endpoints
    case .one(let endpoint): asked = [endpoint]
    case .first: asked = Array(endpoints.prefix(1))
    case .any: asked = Array(endpoints.shuffled().prefix(1))
    }
    let answers = await withTaskGroup(of: SentinelAnswer<Reply>.self) { group in
      for endpoint in asked {
        group.addTask { await self.answer(to: query, from: endpoint) }
      }
      return await group.reduce(into: [:]) { $0[$1.endpoint] = $1 }
    }
    return asked.compactMap { answers[$0] }
  }

  private func answer<Reply>(
    to query: SentinelQuery<Reply>, from endpoint: NodeAddress
  ) async -> SentinelAnswer<Reply> {
    let start = ContinuousClock.now
    var result: Result<Reply, SentinelError>
    do throws(SentinelError) {
      try query.validate()
      let replies = try await send([query.words], to: endpoint)
      result = .success(try query.reply(replies.first ?? .null, from: endpoint))
    } catch {
      result = .failure(error.about(query.service))
    }
    return SentinelAnswer(
      endpoint: endpoint, result: result, elapsed: ContinuousClock.now - start)
  }

  func replies(
    to questions: [[String]], from endpoint: NodeAddress
  ) async -> Result<[RESPValue], SentinelError> {
    do throws(SentinelError) {
      return .success(try await send(questions, to: endpoint))
    } catch {
      return .failure(error)
    }
  }
}
