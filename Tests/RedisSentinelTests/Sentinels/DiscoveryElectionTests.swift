import SentinelModel
import Testing

@testable import RedisSentinel

@Suite struct DiscoveryElectionTests {
  private func vote(_ port: Int, _ epoch: UInt64?, from source: Int = 1) -> DiscoveryMachine.Found {
    DiscoveryMachine.Found(
      address: NodeAddress(host: "m", port: port), epoch: epoch,
      source: NodeAddress(host: "s", port: source))
  }

  @Test func `the first acceptable answer wins at once`() {
    var election = DiscoveryElection(.firstAcceptable, voters: 3)
    #expect(election.counted(vote(1, 1)) == vote(1, 1))
  }

  @Test func `the highest epoch wins, when all have answered or nobody else will`() {
    var election = DiscoveryElection(.freshestEpoch(window: .seconds(1)), voters: 3)
    #expect(election.counted(vote(1, 4)) == nil)
    #expect(election.winner == vote(1, 4))
    #expect(election.counted(vote(2, 7)) == nil)
    #expect(election.winner == vote(2, 7))
    #expect(election.counted(vote(3, 7)) == vote(2, 7), "of several with the same, the first")
    #expect(election.window == .seconds(1))
  }

  @Test func `an answer without an epoch loses against any with one`() {
    var election = DiscoveryElection(.freshestEpoch(window: .seconds(1)), voters: 3)
    _ = election.counted(vote(1, nil))
    _ = election.counted(vote(2, 1))
    #expect(election.winner?.address.port == 2)
  }

  @Test(arguments: [(1, 1), (2, 2), (3, 2), (4, 3), (5, 3)])
  func `a majority is more than half of all who could vote, not of those who did`(
    voters: Int, needed: Int
  ) {
    var election = DiscoveryElection(.majority, voters: voters)
    for _ in 1..<needed { #expect(election.counted(vote(1, 1)) == nil) }
    #expect(election.winner == nil)
    #expect(election.failure(of: "s") != nil || needed == 1)
    #expect(election.counted(vote(1, 1)) == vote(1, 1))
  }

  @Test func `a split vote is told with its figures, and no vote at all is no split`() {
    var election = DiscoveryElection(.majority, voters: 4)
    #expect(election.failure(of: "s") == nil)
    for port in [1, 2, 2] { _ = election.counted(vote(port, 1)) }
    let error = election.failure(of: "cache")
    #expect(error?.code == .masterNotFound(.noMajority))
    #expect(error?.service == "cache")
    #expect(error?.message.contains("2 for m:2, 1 for m:1") == true)
  }
}
