import SentinelModel
import Testing

@testable import RedisSentinel

@Suite struct PollPlanTests {
  private static func names(_ count: Int) -> [ServiceName] {
    (0..<count).map { ServiceName("s\(1_000 + $0)") }
  }

  /// A plan that knows so many services, and has asked for whatever was new.
  private static func plan(budget: Int, services: Int) -> PollPlan {
    var plan = PollPlan(budget: budget)
    plan.found(names(services))
    _ = plan.catchUp()
    return plan
  }

  @Test func `a tick asks for all masters, and now and then for the Sentinel's own state`() {
    var plan = Self.plan(budget: 0, services: 3)
    let rounds = (0..<11).map { _ in plan.tick() }
    #expect(rounds.allSatisfy { $0.masters && $0.master.isEmpty && $0.details.isEmpty })
    #expect(rounds.indices.filter { rounds[$0].info } == [0, 5, 10])
  }

  @Test func `the service in focus is asked for at each tick`() {
    var plan = Self.plan(budget: 0, services: 3)
    plan.focus = "s1001"
    #expect(plan.tick().details == ["s1001"])
    #expect(plan.tick().details == ["s1001"])
    plan.focus = "nosuch"
    #expect(plan.tick().details.isEmpty)
    plan.focus = nil
    #expect(plan.tick().details.isEmpty)
  }

  @Test func `what an event touched is asked for once`() {
    var plan = Self.plan(budget: 0, services: 3)
    #expect(!plan.isTouched)
    plan.touch("s1002")
    plan.touch("s1000")
    plan.touch("s1002")
    #expect(plan.isTouched)
    #expect(plan.tick().details == ["s1000", "s1002"])
    #expect(!plan.isTouched)
    #expect(plan.tick().details.isEmpty)
  }

  @Test func `between two ticks only what was touched is asked for, its master too`() {
    var plan = Self.plan(budget: 4, services: 100)
    plan.focus = "s1001"
    plan.touch("s1002")
    // A service that isn't known yet: its +monitor has just been heard.
    plan.touch("brand-new")
    let round = plan.catchUp()
    #expect(round.master == ["brand-new", "s1002"])
    #expect(round.details == ["brand-new", "s1002"])
    #expect(!round.masters)
    #expect(!round.info)
    #expect(plan.catchUp().isEmpty)
  }

  @Test func `newcomers are asked for at once, and those who went no longer`() {
    var plan = PollPlan(budget: 0)
    plan.found(["a", "b"])
    #expect(plan.tick().details == ["a", "b"])
    plan.found(["b", "a"])
    #expect(!plan.isTouched)
    plan.touch("a")
    plan.found(["b", "c"])
    #expect(plan.tick().details == ["c"])
  }

  @Test(arguments: [1, 2, 3, 4, 5, 7, 100, 1_000], [1, 4, 5])
  func `the rotation covers everybody before anybody comes twice`(services: Int, budget: Int) {
    var plan = Self.plan(budget: budget, services: services)
    _ = plan.tick()
    var turns: [ServiceName: Int] = [:]
    let ticks = (services + budget - 1) / budget
    for _ in 0..<ticks {
      let details = plan.tick().details
      #expect(details.count == min(budget, services))
      for name in details { turns[name, default: 0] += 1 }
    }
    #expect(Set(turns.keys) == Set(Self.names(services)))
    #expect(turns.values.allSatisfy { $0 <= 2 })
    #expect(turns.values.count { $0 == 2 } <= budget)
  }

  @Test func `a thousand services at first sight make no flood`() {
    var plan = PollPlan(budget: 4)
    _ = plan.tick()
    plan.found(Self.names(1_000))
    #expect(!plan.isTouched)
    #expect(plan.tick().details.count == 4)
    // One more is a newcomer like any other.
    plan.found(Self.names(1_001))
    #expect(plan.catchUp().details == ["s2000"])
  }

  @Test func `after a gap all is asked for as if for the first time`() {
    var plan = PollPlan(budget: 0)
    plan.found(["a", "b"])
    _ = plan.tick()
    plan.startAnew()
    #expect(plan.tick().info)
    plan.found(["a", "b"])
    #expect(plan.catchUp().details == ["a", "b"])
  }

  @Test func `focus, touched and rotation together never ask for one twice`() {
    var plan = Self.plan(budget: 5, services: 5)
    plan.focus = "s1001"
    plan.touch("s1001")
    #expect(plan.tick().details == Self.names(5))
  }

  @Test func `services that vanish in the middle of the rotation do no harm`() {
    var plan = Self.plan(budget: 4, services: 100)
    for _ in 0..<20 { _ = plan.tick() }
    plan.found(Self.names(2))
    #expect(plan.tick().details == Self.names(2))
    plan.found([])
    #expect(plan.tick().details.isEmpty)
  }

  @Test
  func `the long texts are asked for the service in focus and one more in turn, now and then`() {
    var plan = Self.plan(budget: 0, services: 3)
    plan.focus = "s1000"
    var asked: [[ServiceName]] = []
    for _ in 0..<(3 * PollPlan.ticksPerInfoCache + 1) {
      let round = plan.tick()
      if !round.infoCache.isEmpty { asked.append(round.infoCache) }
    }
    #expect(asked.count == 3)
    #expect(asked.allSatisfy { $0.contains("s1000") && $0.count <= 2 })
    #expect(Set(asked.joined()).count == 3)
  }

  @Test func `what hardly ever changes is asked soon after the start, and then seldom`() {
    var plan = Self.plan(budget: 0, services: 1)
    plan.startAnew()
    let rounds = (0..<(2 * PollPlan.ticksPerSetUp)).map { _ in plan.tick() }
    #expect(!rounds[0].setUp)
    #expect(rounds[1].setUp)
    #expect(rounds.count(where: \.setUp) == 2)
  }
}
