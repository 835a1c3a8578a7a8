import SentinelInsight
import SentinelModel
import Testing

@Suite struct AgreementTests {
  private var topology = Sample.calm

  private var agreement: Agreement? { Agreement(of: "cache", in: topology.vantages) }

  @Test func `three that hold the same address agree`() throws {
    let agreement = try #require(agreement)
    #expect(agreement.address == Sample.a)
    #expect(agreement.agree == Sample.sentinels)
    #expect(agreement.of == 3)
    #expect(agreement.isComplete)
  }

  @Test mutating func `most decide, and who differs is named`() throws {
    topology.say(Sample.s2, Sample.master(at: Sample.b, epoch: 9))
    let agreement = try #require(agreement)
    #expect(agreement.address == Sample.a)
    #expect(agreement.configEpoch == 1)
    #expect(agreement.agree == [Sample.s1, Sample.s3])
    #expect(agreement.differ == [Sample.s2])
    #expect(!agreement.isComplete)
  }

  @Test mutating func `of as many voices the newer configuration wins`() throws {
    topology.lose(Sample.s3)
    topology.say(Sample.s2, Sample.master(at: Sample.b, epoch: 2))
    #expect(agreement?.address == Sample.b)
    #expect(agreement?.configEpoch == 2)
    topology.say(Sample.s1, Sample.master(at: Sample.a, epoch: 3))
    #expect(agreement?.address == Sample.a)
    #expect(agreement?.of == 2)
  }

  @Test mutating func `of equal epochs the choice is always the same`() {
    topology.lose(Sample.s3)
    topology.say(Sample.s1, Sample.master(at: Sample.c, epoch: 2))
    topology.say(Sample.s2, Sample.master(at: Sample.b, epoch: 2))
    #expect(agreement?.address == Sample.b)
    topology.say(Sample.s1, Sample.master(at: Sample.b, epoch: 2))
    topology.say(Sample.s2, Sample.master(at: Sample.c, epoch: 2))
    #expect(agreement?.address == Sample.b)
  }

  @Test mutating func `the epoch is the highest that anybody reports for the address`() {
    topology.say(Sample.s2, Sample.master(epoch: 5))
    #expect(agreement?.configEpoch == 5)
  }

  @Test mutating func `who answers and doesn't monitor the service is named apart`() throws {
    topology.see(Sample.s3, .masters([], roundTrip: .zero))
    let agreement = try #require(agreement)
    #expect(agreement.without == [Sample.s3])
    #expect(agreement.of == 3)
    #expect(!agreement.isComplete)
  }

  @Test mutating func `who doesn't answer has no voice`() throws {
    topology.say(Sample.s1, Sample.master(at: Sample.b, epoch: 9))
    topology.lose(Sample.s2, Sample.s3)
    #expect(agreement?.address == Sample.b)
    #expect(agreement?.of == 1)
    topology.lose(Sample.s1)
    #expect(agreement == nil)
  }

  @Test func `a service that nobody knows has no agreement`() {
    #expect(Agreement(of: "nosuch", in: topology.vantages) == nil)
    #expect(Agreement(of: "cache", in: []) == nil)
  }
}
