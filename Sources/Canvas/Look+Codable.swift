extension Look {
  enum Keys: String, CaseIterable, CodingKey {
    case fg, bg, emphasis
  }

  /// Reads the look of a role from the map of all of them.
  init(
    role: Role, from roles: KeyedDecodingContainer<Theme.Name>, _ key: Theme.Name
  ) throws {
    self.init()
    if try roles.decodeNil(forKey: key) { return }
    let parts = try ThemeError.explaining(
      "“\(role.rawValue)” has to be a map of fg, bg and emphasis", in: roles, key
    ) { try roles.nestedContainer(keyedBy: Theme.Name.self, forKey: key) }
    for part in parts.allKeys {
      switch Keys(stringValue: part.stringValue) {
      case .fg: foreground = try Look.color(role, parts, part)
      case .bg: background = try Look.color(role, parts, part)
      case .emphasis: emphasis = try Look.emphasis(role, parts, part)
      case nil:
        throw ThemeError.decoding(
          "unknown key “\(part.stringValue)” in role “\(role.rawValue)”; "
            + "known are fg, bg, emphasis",
          at: parts, part)
      }
    }
  }

  private static func color(
    _ role: Role, _ parts: KeyedDecodingContainer<Theme.Name>, _ key: Theme.Name
  ) throws -> Color? {
    let place = "\(key.stringValue) of role “\(role.rawValue)”"
    if try parts.decodeNil(forKey: key) {
      throw ThemeError.decoding(
        "\(place) is empty; a colour that begins with # needs quotes", at: parts, key)
    }
    let text = try ThemeError.explaining("\(place) is no colour", in: parts, key) {
      // A plain 208 is a number to some decoders and text to others.
      if let number = try? parts.decode(Int.self, forKey: key) { return String(number) }
      return try parts.decode(String.self, forKey: key)
    }
    if text == "default" { return nil }
    guard let color = Color(text) else {
      throw ThemeError.decoding(
        "\(place) is “\(text)”, which is no colour: write \"#rrggbb\", 0 to 255, default, or "
          + "one of " + Color.names.joined(separator: ", "), at: parts, key)
    }
    return color
  }

  private static func emphasis(
    _ role: Role, _ parts: KeyedDecodingContainer<Theme.Name>, _ key: Theme.Name
  ) throws -> Emphasis {
    if try parts.decodeNil(forKey: key) { return [] }
    let place = "emphasis of role “\(role.rawValue)”"
    let names = try ThemeError.explaining("\(place) is no word or list of words", in: parts, key) {
      if let one = try? parts.decode(String.self, forKey: key) { return [one] }
      return try parts.decode([String].self, forKey: key)
    }
    return try names.reduce(into: []) { emphasis, name in
      guard let known = Emphasis(name) else {
        throw ThemeError.decoding(
          "\(place) is “\(name)”; known are " + Emphasis.all.map(\.name).joined(separator: ", "),
          at: parts, key)
      }
      emphasis.formUnion(known)
    }
  }
}
