package import RESP
package import SentinelModel

extension SentinelEvent {
  /// Reads a message of a subscription: `pmessage pattern channel payload`, or
  /// `message channel payload`. Nil for any other push.
  package init?(message: [RESPValue], knownServices: some Collection<ServiceName>) {
    let words: [RESPValue]
    switch message.first?.text {
    case "pmessage" where message.count == 4: words = Array(message[2...])
    case "message" where message.count == 3: words = Array(message[1...])
    default: return nil
    }
    guard let channel = words[0].text, let payload = words[1].text else { return nil }
    self.init(channel: channel, payload: payload, knownServices: knownServices)
  }
}
