import RESP

// What can go wrong with commands, in one place, and with which code.
extension SentinelError {
  /// The words are none that may be sent.
  static func unsendable(_ reason: String) -> SentinelError {
    SentinelError(.invalidConfiguration, reason)
  }

  /// The server did what it was told, but its reply isn't what was wanted.
  static func unexpectedReply(_ mismatch: RESPMismatch, to request: RedisRequest) -> SentinelError {
    var error = SentinelError(.protocolViolation, "\(request.name): \(mismatch)")
    error.mayHaveExecuted = true
    return error
  }

  /// More or fewer of something than there have to be.
  static func wrongCount(_ count: Int, of what: String, to whom: String) -> SentinelError {
    var error = SentinelError(.protocolViolation, "\(count) \(what) came to \(whom)")
    error.mayHaveExecuted = true
    return error
  }

  /// EXEC refused, since it or a command before it was refused: nothing was done.
  static func transactionAborted(
    _ error: ServerError, causes: [SentinelError]
  ) -> SentinelError {
    let reason = causes.first.map { ": \($0.message)" } ?? ""
    return SentinelError(
      .transactionAborted, "the transaction was given up\(reason)", serverError: error,
      underlying: causes)
  }

  /// A watched key was changed: nothing was done.
  static var transactionInvalidated: SentinelError {
    SentinelError(
      .transactionInvalidated, "the transaction was not run, since a watched key has changed")
  }
}
