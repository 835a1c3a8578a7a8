/// How long to wait before the next attempt: longer each time, up to a limit, and a little by chance
/// so that many clients don't come back at the same moment.
package struct Backoff {
  private var next: Duration
  private let longest: Duration

  package init(
    from first: Duration = .milliseconds(100), to longest: Duration = .milliseconds(1_500)
  ) {
    self.next = first
    self.longest = longest
  }

  /// The pause before the next attempt.
  package mutating func next(random: () -> Double = { Double.random(in: 0.5...1) }) -> Duration {
    defer { next = min(next * 2, longest) }
    return next * random()
  }
}
