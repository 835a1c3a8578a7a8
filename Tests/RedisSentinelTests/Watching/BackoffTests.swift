import Testing

@testable import RedisSentinel

@Suite struct BackoffTests {
  @Test func `pauses double up to the longest`() {
    var backoff = Backoff(from: .milliseconds(100), to: .milliseconds(700))
    let pauses = (0..<6).map { _ in backoff.next { 1 } }
    #expect(pauses == [100, 200, 400, 700, 700, 700].map { .milliseconds($0) })
  }

  @Test func `chance shortens a pause, by half at most`() {
    for _ in 0..<100 {
      var backoff = Backoff(from: .milliseconds(100), to: .seconds(1))
      let pause = backoff.next()
      #expect((.milliseconds(50) ... .milliseconds(100)).contains(pause))
    }
    var backoff = Backoff(from: .milliseconds(100), to: .seconds(1))
    // A short pause by chance doesn't shorten those that follow.
    #expect(backoff.next { 0.5 } == .milliseconds(50))
    #expect(backoff.next { 0.5 } == .milliseconds(100))
  }
}
