package import RESP
import SentinelModel

/// One entry of a reply could not be read: which, and why. The others are none the worse.
package struct BadEntry: Error, Hashable, Sendable {
  package var reason: String
}

extension InstanceReport {
  /// Takes what all instances have in common out of the fields.
  init(taking fields: inout some FieldSource) throws(BadEntry) {
    guard let host = fields.takeValidText("ip") else {
      throw BadEntry(reason: "the field ip is missing, or no text")
    }
    guard let port = fields.takeInteger("port"), (0...65535).contains(port) else {
      throw BadEntry(reason: "the field port is missing, or no port")
    }
    guard let flags = fields.takeFlags() else {
      throw BadEntry(reason: "the field flags is missing")
    }
    self.init(
      address: NodeAddress(host: host, port: Int(port)), runID: fields.takeText("runid"),
      flags: flags)
    pendingCommands = Int(fields.takeInteger("link-pending-commands", or: "pending-commands") ?? 0)
    linkReferences = Int(fields.takeInteger("link-refcount") ?? 1)
    pendingPingAge = fields.takeDuration("last-ping-sent") ?? .zero
    sinceValidPing = fields.takeDuration("last-ok-ping-reply") ?? .zero
    sincePing = fields.takeDuration("last-ping-reply") ?? .zero
    sDownFor = fields.takeDuration("s-down-time")
    downAfter = fields.takeDuration("down-after-milliseconds") ?? .zero
  }
}

/// The entries of a list that could be read, and why the others could not.
package struct Entries<Entry: Sendable>: Sendable {
  package var entries: [Entry] = []
  package var bad: [BadEntry] = []

  /// Nil where the reply is no list at all.
  package init?(_ reply: RESPValue, _ read: (RESPValue) throws(BadEntry) -> Entry) {
    guard case .array(let elements) = reply else { return nil }
    entries.reserveCapacity(elements.count)
    for element in elements {
      do throws(BadEntry) {
        entries.append(try read(element))
      } catch {
        bad.append(error)
      }
    }
  }
}
