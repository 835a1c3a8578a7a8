import SentinelModel
import Synchronization

/// Those who read what a client's watch learns. Holds nobody: who lets go of a stream is gone.
final class Audience: Sendable {
  private struct EventReader {
    var service: ServiceName?
    weak var mailbox: Mailbox<EventStream.Element>?
  }

  private struct TopologyReader {
    var service: ServiceName
    var last: ServiceTopology?
    weak var mailbox: Mailbox<ServiceTopology>?
  }

  private struct State {
    var topology = Topology()
    var events: [EventReader] = []
    var topologies: [TopologyReader] = []
    var isShutDown = false
  }

  private let state = Mutex(State())

  /// How many read.
  var count: Int {
    state.withLock { state in
      state.events.count { $0.mailbox?.isClosed == false }
        + state.topologies.count { $0.mailbox?.isClosed == false }
    }
  }

  func events(of service: ServiceName?) -> EventStream {
    let mailbox = Mailbox<EventStream.Element>(limit: EventStream.limit)
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
        let element = EventStream.Element(
          source: observation.source, receivedAt: observation.at, event: event)
        for reader in state.events where reader.service == nil || reader.service == event.service {
          reader.mailbox?.put(element)
        }
      }
      for index in state.topologies.indices { Self.tell(&state.topologies[index], state.topology) }
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

  private static func tell(_ reader: inout TopologyReader, _ topology: Topology) {
    let now =
      ServiceTopology(of: reader.service, in: topology)
      ?? reader.last.map { _ in ServiceTopology(unknown: reader.service) }
    guard let now, now != reader.last else { return }
    reader.last = now
    reader.mailbox?.put(now)
  }
}
