extension Theme: Codable {
  private enum Keys: String, CaseIterable, CodingKey {
    case name, roles
  }

  /// Reads a theme file. Throws a `DecodingError` that names the role and the value that is wrong;
  /// `ThemeError` puts it into one sentence.
  package init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: Name.self)
    for key in file.allKeys where Keys(stringValue: key.stringValue) == nil {
      throw ThemeError.decoding(
        "unknown key “\(key.stringValue)”; known are name, roles", at: file, key)
    }
    let container = try decoder.container(keyedBy: Keys.self)
    name = try container.decode(String.self, forKey: .name)
    looks = [:]
    guard container.contains(.roles) else { return }
    let roles = try ThemeError.explaining(
      "roles is no list of roles with their looks", in: file, Keys.roles
    ) {
      try container.nestedContainer(keyedBy: Name.self, forKey: .roles)
    }
    for key in roles.allKeys {
      guard let role = Role(rawValue: key.stringValue) else {
        throw ThemeError.decoding(
          "unknown role “\(key.stringValue)”" + ThemeError.nearest(to: key.stringValue), at: roles,
          key)
      }
      looks[role] = try Look(role: role, from: roles, key)
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(name, forKey: .name)
    var roles = container.nestedContainer(keyedBy: Name.self, forKey: .roles)
    for role in Role.allCases {
      guard let look = looks[role] else { continue }
      var parts = roles.nestedContainer(keyedBy: Look.Keys.self, forKey: Name(role.rawValue))
      try parts.encodeIfPresent(look.foreground?.description, forKey: .fg)
      try parts.encodeIfPresent(look.background?.description, forKey: .bg)
      if !look.emphasis.isEmpty { try parts.encode(look.emphasis.names, forKey: .emphasis) }
    }
  }

  /// A key that may turn out to be unknown.
  struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { stringValue = String(intValue) }
  }
}
