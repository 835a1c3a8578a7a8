internal import Synchronization

/// The servers that came to a lab after its start; takes none once the lab closes.
final class GuestList: Sendable {
  private struct State {
    var nodes: [LabNode] = []
    var number = 0
    var isClosed = false
  }

  private let state = Mutex(State())

  var nodes: [LabNode] { state.withLock { $0.nodes } }

  /// Counts from 1; no two guests get the same.
  func nextNumber() -> Int {
    state.withLock { state in
      state.number += 1
      return state.number
    }
  }

  func take(_ node: LabNode) throws(LabError) {
    let isClosed = state.withLock { state in
      if !state.isClosed { state.nodes.append(node) }
      return state.isClosed
    }
    if isClosed { throw .closed }
  }

  func dismiss(_ node: LabNode) {
    state.withLock { state in state.nodes.removeAll { $0 === node } }
  }

  /// Takes no more, and names those it took.
  func close() -> [LabNode] {
    state.withLock { state in
      state.isClosed = true
      return state.nodes
    }
  }
}
