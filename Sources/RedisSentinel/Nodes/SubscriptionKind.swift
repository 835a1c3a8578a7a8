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
    let words = elements.dropFirst().compactMap(\.bytes)
    switch (elements.first?.text, words.count) {
    case ("message", 2): return (.channel, words[0], Self(channel: words[0], payload: words[1]))
    case ("smessage", 2):
      return (.shardChannel, words[0], Self(channel: words[0], payload: words[1]))
    case ("pmessage", 3):
      return (
        .pattern, words[0], Self(channel: words[1], pattern: words[0], payload: words[2])
      )
    default: return nil
    }
  }
}
