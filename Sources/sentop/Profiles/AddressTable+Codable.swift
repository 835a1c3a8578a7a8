import RedisSentinel
import SentinelModel

// As a profile has it: announced address to reachable one, host to host.
extension AddressTable: Codable {
  init(from decoder: any Decoder) throws {
    self.init()
    let fields = try ConfigFields(decoder)
    for name in fields.names {
      guard let text: String = fields.value(name) else { continue }
      // With no port, zero stands for any.
      guard let announced = NodeAddress(parsing: name, defaultPort: 0) else {
        fields.noteKey(name, "\"\(name)\" is no address: give HOST or HOST:PORT")
        continue
      }
      guard let reachable = NodeAddress(parsing: text, defaultPort: announced.port) else {
        fields.note(name, "\"\(text)\" is no address: give HOST or HOST:PORT")
        continue
      }
      if announced.port != 0 {
        addresses[announced] = reachable
      } else if reachable.port == 0 {
        hosts[announced.host] = reachable.host
      } else {
        fields.note(
          name,
          "\(name): all ports of a host can't be one: leave :\(reachable.port) out, or name a "
            + "port on the left, too")
      }
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: ConfigFields.Name.self)
    for (announced, reachable) in addresses.sorted(by: { $0.key < $1.key }) {
      try container.encode(reachable.description, forKey: .init(announced.description))
    }
    for (announced, reachable) in hosts.sorted(by: { $0.key < $1.key }) {
      try container.encode(reachable, forKey: .init(announced))
    }
  }
}
