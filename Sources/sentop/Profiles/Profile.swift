import RedisSentinel
import SentinelModel

/// A deployment that has a name: where its Sentinels are, how to talk to them, and how careful to be.
struct Profile: Equatable, Sendable {
  var seeds: [NodeAddress] = []
  var sentinels = ProfileLogin()
  /// The same for the data nodes.
  var nodes = ProfileLogin()
  /// Whether a change needs the service's name typed.
  var isProtected = false
  /// Whether changes are refused; nil where the profile doesn't say.
  var isReadOnly: Bool?
  var theme: String?
  var interval: TimeSpan?
  var addressMap = AddressTable()
}

extension Profile: Codable {
  private static let names =
    ["seeds"] + ProfileLogin.names
    + ["node", "protected", "read_only", "theme", "interval", "address_map"]

  init(from decoder: any Decoder) throws {
    let fields = try ConfigFields(
      decoder, known: Self.names, refused: PasswordSource.refused)
    seeds = fields.list("seeds") ?? []
    sentinels = ProfileLogin(fields)
    nodes = fields.part("node") ?? ProfileLogin()
    isProtected = fields.value("protected") ?? false
    isReadOnly = fields.value("read_only")
    theme = fields.value("theme")
    interval = fields.value("interval")
    interval?.note(in: fields, "interval")
    addressMap = fields.part("address_map") ?? AddressTable()
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: ConfigFields.Name.self)
    try container.encode(seeds.map(\.description), forKey: .init("seeds"))
    try sentinels.encode(into: &container)
    if nodes != ProfileLogin() { try container.encode(nodes, forKey: .init("node")) }
    if isProtected { try container.encode(true, forKey: .init("protected")) }
    try container.encodeIfPresent(isReadOnly, forKey: .init("read_only"))
    try container.encodeIfPresent(theme, forKey: .init("theme"))
    try container.encodeIfPresent(interval?.description, forKey: .init("interval"))
    if addressMap != AddressTable() {
      try container.encode(addressMap, forKey: .init("address_map"))
    }
  }
}

extension NodeAddress: ConfigValue {
  static var wanted: String { "HOST, HOST:PORT or [IPV6]:PORT" }

  init?(config text: String) {
    self.init(parsing: text, defaultPort: 26_379)
  }
}

extension TimeSpan {
  /// Notes where it can't be how often somebody is asked.
  func note(in fields: ConfigFields, _ name: String) {
    if let trouble = troubleAsInterval { fields.note(name, "\(name): it must be \(trouble)") }
  }

  /// What an interval must be, where it isn't.
  var troubleAsInterval: String? {
    let isFit = duration >= .milliseconds(100) && duration <= .seconds(3_600)
    return isFit ? nil : "between 100ms and 1h"
  }
}
