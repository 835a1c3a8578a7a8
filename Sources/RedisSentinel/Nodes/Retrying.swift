import RESP

/// A policy round a call: tries again what may be tried again, after a pause.
struct Retrying {
  private let policy: RetryPolicy
  private var attempts = 0
  /// Why the attempts before have failed; the last few will do.
  private var causes: [SentinelError] = []
  private static let mostCauses = 5
  private var backoff: Backoff

  init(_ policy: RetryPolicy) {
    self.policy = policy
    backoff = Backoff(from: policy.firstPause, to: policy.longestPause)
  }

  /// Waits before the next attempt, in the way that is given.
  ///
  /// - Throws: the failure of the last attempt, where there is to be no other one.
  mutating func pause(
    after failure: SentinelError, isReplayable: Bool, isNews: Bool = true,
    rest: (Duration) async throws(SentinelError) -> Void
  ) async throws(SentinelError) {
    attempts += 1
    let isOver = policy.maximumAttempts.map { attempts >= $0 } ?? false
    guard !isOver, mayTryAgain(failure, isReplayable: isReplayable) else {
      var failure = failure
      failure.attempts = attempts
      failure.underlying += causes
      throw failure
    }
    causes = causes.suffix(Self.mostCauses - 1) + [failure]
    var pause = backoff.next()
    // A node that was demoted a moment ago is still named by Sentinels that don't know yet; not so where
    // it was known already that the service is elsewhere.
    if failure.code == .readOnly, isNews { pause = max(pause, .milliseconds(100) * attempts) }
    do throws(SentinelError) {
      try await rest(pause)
    } catch {
      var error = error
      error.underlying = [failure]
      throw error
    }
  }

  private func mayTryAgain(_ failure: SentinelError, isReplayable: Bool) -> Bool {
    switch failure.code {
    case .cancelled, .clientShutDown, .authentication, .forbidden, .invalidConfiguration, .tls,
      .protocolViolation, .notADataNode, .poolExhausted:
      return false
    case .timeout(.command):
      return !failure.mayHaveExecuted || (isReplayable && policy.retriesOnTimeout)
    default:
      if let reply = failure.serverError {
        let isAdditional = isReplayable && policy.additionalCodes.contains(reply.prefix)
        return reply.provesNothingHappened || isAdditional
      }
      return !failure.mayHaveExecuted || isReplayable
    }
  }
}
