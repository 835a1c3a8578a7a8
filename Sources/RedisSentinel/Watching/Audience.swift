import SentinelModel
import Synchronization

/// Those who read what a client's watch learns. Holds nobody: who lets go of a stream is gone.
final class Audience: Sendable {
  private struct EventReader {
    var service: ServiceName?
    weak var mailbox: Mailbox<HeardEvent>?
  }

  private struct TopologyReader {
    var service: ServiceName
    var last: ServiceTopology?
    /// Since when what a Sentinel was told to forget is still held to be there; nil where nothing is.
    var holdsSince: Timestamp?
    weak var mailbox: Mailbox<ServiceTopology>?
  }

  private struct State {
    var topology = Topology()
    var events: [EventReader] = []
    var topologies: [TopologyReader] = []
    var isShutDown = false

    /// A Sentinel was told to forget replicas and Sentinels, which are as they were.
    mutating func hold(_ service: ServiceName?, from now: Timestamp) {
      for index in topologies.indices where topologies[index].service == service {
        topologies[index].holdsSince = now
      }
    }
  }

  /// How long a Sentinel takes at most to find replicas and Sentinels again after a reset.
  private static let timeToFind = Duration.seconds(15)

  private let state = Mutex(State())

  /// How many read.
  var count: Int {
    state.withLock { state in
      state.events.count { $0.mailbox?.isClosed == false }
        + state.topologies.count { $0.mailbox?.isClosed == false }
    }
  }

  /// Whether any Sentinel says that a master is down, or a failover runs.
  var isTroubled: Bool {
    state.withLock { state in
      state.topology.vantages.contains { vantage in
        vantage.services.values.contains { view in
          view.master.flags.isDown || view.master.flags.contains(.failoverInProgress)
        }
      }
    }
  }

  /// How many events those who read have missed so far since they were too slow.
  var droppedCount: Int {
    state.withLock { state in state.events.reduce(0) { $0 + ($1.mailbox?.droppedCount ?? 0) } }
  }

  func events(of service: ServiceName?) -> EventStream {
    let mailbox = Mailbox<HeardEvent>(limit: HeardEvent.limit)
    state.withLock { state in
      if state.isShutDown { return mailbox.close() }
      state.events.removeAll { $0.mailbox?.isClosed != false }
      state.events.append(EventReader(service: service, mailbox: mailbox))
    }
    return EventStream(mailbox: mailbox)
  }

  func topology(of service: ServiceName) -> TopologyStream {
    let mailbox = Mailbox<ServiceTopology>(limit: 1)
    state.withLock { state in
      if state.isShutDown { return mailbox.close() }
      let now = ServiceTopology(of: service, in: state.topology)
      if let now { mailbox.put(now) }
      state.topologies.removeAll { $0.mailbox?.isClosed != false }
      state.topologies.append(TopologyReader(service: service, last: now, mailbox: mailbox))
    }
    return TopologyStream(mailbox: mailbox)
  }

  /// Takes in what one Sentinel has said at once.
  func take(_ batch: [Observation]) {
    state.withLock { state in
      for observation in batch {
        state.topology.apply(observation)
        guard case .event(let event) = observation.fact else { continue }
        let element = HeardEvent(
          source: observation.source, receivedAt: observation.at, event: event)
        if event.name == .resetMaster { state.hold(event.service, from: observation.at) }
        for reader in state.events where reader.service == nil || reader.service == event.service {
          reader.mailbox?.put(element)
        }
      }
      guard let now = batch.last?.at else { return }
      for index in state.topologies.indices {
        Self.tell(&state.topologies[index], state.topology, at: now)
      }
    }
  }

  /// Ends all streams.
  func shutDown() {
    state.withLock { state in
      state.isShutDown = true
      for reader in state.events { reader.mailbox?.close() }
      for reader in state.topologies { reader.mailbox?.close() }
      state.events = []
      state.topologies = []
    }
  }

  private static func tell(
    _ reader: inout TopologyReader, _ topology: Topology, at time: Timestamp
  ) {
    var now =
      ServiceTopology(of: reader.service, in: topology)
      ?? reader.last.map { _ in ServiceTopology(unknown: reader.service) }
    if let since = reader.holdsSince, let last = reader.last {
      if time.duration(since: since) < timeToFind {
        now?.hold(to: last)
      } else {
        reader.holdsSince = nil
      }
    }
    guard let now, now != reader.last else { return }
    reader.last = now
    reader.mailbox?.put(now)
  }
}
