package import SentinelModel

/// Decides what to ask a Sentinel next, so that the cost follows what is looked at.
///
/// Each tick asks for all masters, and for the replicas and Sentinels of the service in focus, of
/// those that an event touched, and of a few of the rest in turn.
package struct PollPlan {
  /// What is asked in one round trip.
  package struct Round: Hashable, Sendable {
    /// All masters at once.
    package var masters = false
    /// Single masters, where not all are asked for.
    package var master: [ServiceName] = []
    /// Services whose replicas and Sentinels are asked for.
    package var details: [ServiceName] = []
    /// What the Sentinel says of itself.
    package var info = false
    /// Services whose nodes' INFO texts, as the Sentinel keeps them, are asked for.
    package var infoCache: [ServiceName] = []
    /// The Sentinel's own settings, and its scripts.
    package var setUp = false

    package var isEmpty: Bool {
      !masters && master.isEmpty && details.isEmpty && !info && infoCache.isEmpty && !setUp
    }
  }

  /// Ticks between two questions of the Sentinel's own state.
  package static let ticksPerInfo = 5
  /// Ticks between two questions of the INFO texts it keeps: they are renewed every ten seconds.
  package static let ticksPerInfoCache = 5
  /// Ticks between two questions of what hardly ever changes.
  package static let ticksPerSetUp = 30

  /// The service that is looked at.
  package var focus: ServiceName?
  private var services: [ServiceName] = []
  private var touched: Set<ServiceName> = []
  private var ticks = 0
  private var position = 0
  private var cachePosition = 0

  /// Services beyond those looked at that a tick asks for.
  private let budget: Int

  package init(budget: Int = 4) {
    self.budget = budget
  }

  /// Nobody has listened for a while: what is known may be old, so that all is as new.
  package mutating func startAnew() {
    services = []
    ticks = 0
  }

  /// The services that the Sentinel has; newcomers are asked for at once.
  package mutating func found(_ names: [ServiceName]) {
    let sorted = names.sorted()
    guard sorted != services else { return }
    let newcomers = Set(sorted).subtracting(services)
    // At the first sight of hundreds the rotation brings them; a question for all would be a flood.
    if newcomers.count / 4 <= budget { touched.formUnion(newcomers) }
    services = sorted
    touched.formIntersection(services)
  }

  /// Something happened to the service.
  package mutating func touch(_ service: ServiceName) {
    touched.insert(service)
  }

  /// Whether something happened that no round has asked for yet.
  package var isTouched: Bool { !touched.isEmpty }

  /// What a tick asks.
  package mutating func tick() -> Round {
    defer { ticks += 1 }
    var round = Round(
      masters: true, info: ticks.isMultiple(of: Self.ticksPerInfo),
      // The first tick knows no names yet; so that the rest needn't wait for them, it is the second.
      setUp: ticks % Self.ticksPerSetUp == 1)
    if ticks % Self.ticksPerInfoCache == 1 { round.infoCache = nextCached() }
    var details = touched
    touched = []
    if let focus, services.contains(focus) { details.insert(focus) }
    for _ in 0..<min(budget, services.count) {
      position = (position + 1) % services.count
      details.insert(services[position])
    }
    round.details = details.sorted()
    return round
  }

  /// The service that is looked at, and one more in turn: the texts are long.
  private mutating func nextCached() -> [ServiceName] {
    guard !services.isEmpty else { return [] }
    cachePosition = (cachePosition + 1) % services.count
    var names: Set = [services[cachePosition]]
    if let focus, services.contains(focus) { names.insert(focus) }
    return names.sorted()
  }

  /// What is asked between two ticks, because something happened.
  package mutating func catchUp() -> Round {
    defer { touched = [] }
    let services = touched.sorted()
    return Round(master: services, details: services)
  }
}
