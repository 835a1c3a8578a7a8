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
