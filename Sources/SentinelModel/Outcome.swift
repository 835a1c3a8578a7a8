/// What came of a command: what each Sentinel answered.
public struct Outcome: Hashable, Sendable {
  /// What was asked.
  public var command: Command
  /// When the first word left.
  public var startedAt: Timestamp
  /// When the last answer was there.
  public var endedAt: Timestamp
  /// The answers, one for each Sentinel that was asked.
  public var answers: [Answer]

  /// An outcome by its parts.
  public init(command: Command, startedAt: Timestamp, endedAt: Timestamp, answers: [Answer]) {
    self.command = command
    self.startedAt = startedAt
    self.endedAt = endedAt
    self.answers = answers
  }

  /// What one Sentinel answered.
  public struct Answer: Hashable, Sendable {
    /// The Sentinel.
    public var sentinel: NodeAddress
    /// What it said.
    public var verdict: Verdict
    /// How long it took.
    public var elapsed: Duration

    /// One Sentinel's answer.
    public init(sentinel: NodeAddress, verdict: Verdict, elapsed: Duration) {
      self.sentinel = sentinel
      self.verdict = verdict
      self.elapsed = elapsed
    }
  }

  /// How an answer is to be taken.
  public enum Verdict: Hashable, Sendable {
    /// Done, or begun; with the answer's text.
    case accepted(String)
    /// The Sentinel said no, and why.
    case refused(String)
    /// Nothing came back before the bytes could have had an effect: it was not done.
    case failed(String)
    /// The bytes left, and no answer came: it may have been done.
    case unknown(String)

    /// Whether it was accepted.
    public var isAccepted: Bool { if case .accepted = self { true } else { false } }

    /// The answer's text, or the reason.
    public var text: String {
      switch self {
      case .accepted(let text), .refused(let text), .failed(let text), .unknown(let text): text
      }
    }
  }

  /// Whether every Sentinel that was asked accepted.
  public var isAccepted: Bool { !answers.isEmpty && answers.allSatisfy(\.verdict.isAccepted) }
}
