/// The parts of the screen that can have the focus, in the order of their keys.
package enum Pane: Int, CaseIterable, Hashable, Sendable {
  case masters = 1
  case replicas, sentinels, events

  package var title: String {
    switch self {
    case .masters: "Masters"
    case .replicas: "Replicas"
    case .sentinels: "Sentinels"
    case .events: "Events"
    }
  }

  /// The pane so many steps further, round in a circle.
  func moved(by steps: Int) -> Pane {
    let count = Pane.allCases.count
    let index = ((rawValue - 1 + steps) % count + count) % count
    return Pane.allCases[index]
  }
}
