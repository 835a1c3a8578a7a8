package import SentinelModel

/// When something was learnt, and how.
package struct Sighting: Hashable, Sendable {
  package var at: Timestamp
  /// Seen by polling: it happened at that moment or a little before. Otherwise it was announced.
  package var isObserved: Bool

  package init(at: Timestamp, isObserved: Bool = false) {
    self.at = at
    self.isObserved = isObserved
  }
}

/// Who told of something, and when each did.
package struct Voices: Hashable, Sendable {
  package private(set) var by: [NodeAddress: Sighting] = [:]

  package var isEmpty: Bool { by.isEmpty }
  package var count: Int { by.count }

  package subscript(source: NodeAddress) -> Sighting? { by[source] }

  /// Adds a voice. What somebody announces counts more than what was seen of him before.
  package mutating func add(_ source: NodeAddress, _ sighting: Sighting) {
    guard let known = by[source] else {
      by[source] = sighting
      return
    }
    guard known.isObserved, !sighting.isObserved else { return }
    by[source] = Sighting(at: min(known.at, sighting.at))
  }

  package mutating func remove(_ source: NodeAddress) { by[source] = nil }

  /// The voices in the order in which they came.
  package var inOrder: [(source: NodeAddress, sighting: Sighting)] {
    by.map { ($0.key, $0.value) }.sorted { ($0.1.at, $0.0) < ($1.1.at, $1.0) }
      .map { (source: $0.0, sighting: $0.1) }
  }

  package var first: (source: NodeAddress, sighting: Sighting)? {
    by.min { ($0.value.at, $0.key) < ($1.value.at, $1.key) }.map { ($0.key, $0.value) }
  }

  package var last: Timestamp? { by.values.map(\.at).max() }
}

/// A state that one Sentinel reports, from when to when.
package struct Span: Hashable, Sendable {
  package var start: Sighting
  /// Nil as long as it lasts.
  package var end: Sighting?

  package init(start: Sighting, end: Sighting? = nil) {
    self.start = start
    self.end = end
  }
}
