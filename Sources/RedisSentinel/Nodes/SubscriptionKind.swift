package import RESP

/// The three ways to subscribe, which a server keeps apart.
package enum SubscriptionKind: Hashable, Sendable {
  case channel
  case pattern
  case shardChannel

  package var subscribe: String {
    switch self {
    case .channel: "SUBSCRIBE"
    case .pattern: "PSUBSCRIBE"
    case .shardChannel: "SSUBSCRIBE"
    }
  }

  package var unsubscribe: String {
    switch self {
    case .channel: "UNSUBSCRIBE"
    case .pattern: "PUNSUBSCRIBE"
    case .shardChannel: "SUNSUBSCRIBE"
    }
  }
}

extension Subscription.Message {
  /// Reads a message: of which kind it is, and under which name it was subscribed. Nil for any other.
  package static func read(
    _ elements: [RESPValue]
  ) -> (kind: SubscriptionKind, name: RESPBytes, message: Subscription.Message)? {
    guard (3...4).contains(elements.count), let name = elements[1].bytes,
      let second = elements[2].bytes
    else { return nil }
    switch (elements[0].text, elements.count) {
    case ("message", 3): return (.channel, name, Self(channel: name, payload: second))
    case ("smessage", 3): return (.shardChannel, name, Self(channel: name, payload: second))
    case ("pmessage", 4):
      guard let payload = elements[3].bytes else { return nil }
      return (.pattern, name, Self(channel: second, pattern: name, payload: payload))
    default: return nil
    }
  }
}
