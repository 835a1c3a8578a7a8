import DequeModule
package import NIOCore
package import RESP

/// What ends a call.
package enum Expectation: Hashable, Sendable {
  /// One reply.
  case reply
  /// One reply, whose bytes are wanted as they come.
  case wire
  /// So many confirmations of a subscription. In RESP3 they are pushes, and there is no reply.
  case confirmations(Int)
  /// A confirmation for each of these names, in this order, under this word: what the server takes
  /// away by itself looks the same but for these.
  case confirmation(of: String, [RESPBytes])
}

/// Pairs replies with calls, in order, and routes pushes aside. Knows no socket and no clock.
package struct ConversationMachine<Call> {
  /// What to do with a value that came in.
  package enum Step {
    case answer(Call, RESPValue)
    case deliver([RESPValue])
    case drop
    /// A reply that nobody asked for: the order is lost, nothing can be trusted any more.
    case hangUp
  }

  private struct Owed {
    var id: Int
    /// Nil once the caller has given up: its reply is still owed, and will be dropped.
    var call: Call?
    var expects: Expectation
    var deadline: NIODeadline
  }

  private var owed: Deque<Owed> = []
  /// Whether arrays may be messages, as they are in RESP2 once something is subscribed.
  private var arraysMayBeMessages = false

  package init() {}

  /// How many replies the server owes.
  package var owedCount: Int { owed.count }

  /// When the first of the replies that are owed is overdue. Silence is no fault while none is.
  package var nextDeadline: NIODeadline? { owed.lazy.map(\.deadline).min() }

  /// A command has been sent; its reply has to be there by the deadline.
  package mutating func sent(
    _ call: Call, id: Int, expects: Expectation = .reply, by deadline: NIODeadline
  ) {
    if expects != .reply, expects != .wire { arraysMayBeMessages = true }
    owed.append(Owed(id: id, call: call, expects: expects, deadline: deadline))
  }

  /// The caller has given up: gives back those of its calls that weren't answered yet.
  package mutating func abandon(_ id: Int) -> [Call] {
    owed.indices.compactMap { index in
      guard owed[index].id == id else { return nil }
      defer { owed[index].call = nil }
      return owed[index].call
    }
  }

  /// Whether the bytes of the reply that is owed first are wanted as they come.
  package var wantsWire: Bool { owed.first?.expects == .wire }

  /// The reply that is owed first was left as it came; nil where the caller has given up.
  package mutating func receivedWire() -> Call? { owed.popFirst()?.call }

  package mutating func received(_ value: RESPValue) -> Step {
    switch value {
    case .push(let elements):
      return message(elements, value)
    case .array(let elements) where arraysMayBeMessages && Self.isMessage(elements):
      return message(elements, value)
    default:
      return answer(value)
    }
  }

  /// The conversation is over: gives all who still wait.
  package mutating func ended() -> [Call] {
    defer { owed.removeAll() }
    return owed.compactMap(\.call)
  }

  private mutating func answer(_ value: RESPValue) -> Step {
    guard let first = owed.popFirst() else { return .hangUp }
    return first.call.map { .answer($0, value) } ?? .drop
  }

  private mutating func message(_ elements: [RESPValue], _ value: RESPValue) -> Step {
    switch elements.first?.text {
    case "subscribe", "psubscribe", "ssubscribe", "unsubscribe", "punsubscribe", "sunsubscribe":
      return confirmation(elements, value)
    default:
      return .deliver(elements)
    }
  }

  private mutating func confirmation(_ elements: [RESPValue], _ value: RESPValue) -> Step {
    switch owed.first?.expects {
    case .confirmations(let count):
      guard count > 1 else { return answer(value) }
      owed[0].expects = .confirmations(count - 1)
    case .confirmation(let word, let names):
      guard elements.first?.text == word, elements.dropFirst().first?.bytes == names.first else {
        return .drop
      }
      guard names.count > 1 else { return answer(value) }
      owed[0].expects = .confirmation(of: word, Array(names.dropFirst()))
    case .reply, .wire, nil: break
    }
    return .drop
  }

  private static func isMessage(_ elements: [RESPValue]) -> Bool {
    switch elements.first?.text {
    case "message", "pmessage", "smessage": elements.count >= 3
    case "subscribe", "psubscribe", "ssubscribe", "unsubscribe", "punsubscribe", "sunsubscribe":
      elements.count == 3
    default: false
    }
  }
}
