/// As whom to talk to servers of one kind, and how.
struct ProfileLogin: Equatable, Sendable {
  var user: String?
  var password: PasswordSource?
  /// Nil where the profile doesn't ask for TLS.
  var tls: ProfileTLS?
}

extension ProfileLogin: Codable {
  static let names = ["user"] + PasswordSource.names + ["tls"]

  init(_ fields: ConfigFields) {
    user = fields.value("user")
    password = PasswordSource(fields)
    tls = fields.part("tls")
  }

  init(from decoder: any Decoder) throws {
    self.init(
      try ConfigFields(decoder, known: Self.names, refused: PasswordSource.refused))
  }

  func encode(into container: inout KeyedEncodingContainer<ConfigFields.Name>) throws {
    try container.encodeIfPresent(user, forKey: .init("user"))
    try password?.encode(into: &container)
    try container.encodeIfPresent(tls, forKey: .init("tls"))
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: ConfigFields.Name.self)
    try encode(into: &container)
  }
}

/// Whom to trust, and how to show who we are.
struct ProfileTLS: Equatable, Sendable {
  var authority: String?
  var certificate: String?
  var key: String?
  var serverName: String?
  var isUnchecked: Bool?
}

extension ProfileTLS: Codable {
  private static let names = ["ca", "cert", "key", "sni", "insecure"]

  init(from decoder: any Decoder) throws {
    let fields = try ConfigFields(decoder, known: Self.names)
    authority = fields.value("ca")
    certificate = fields.value("cert")
    key = fields.value("key")
    serverName = fields.value("sni")
    isUnchecked = fields.value("insecure")
    if certificate != nil, key == nil { fields.noteKey("cert", "cert needs key") }
    if key != nil, certificate == nil { fields.noteKey("key", "key needs cert") }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: ConfigFields.Name.self)
    try container.encodeIfPresent(authority, forKey: .init("ca"))
    try container.encodeIfPresent(certificate, forKey: .init("cert"))
    try container.encodeIfPresent(key, forKey: .init("key"))
    try container.encodeIfPresent(serverName, forKey: .init("sni"))
    try container.encodeIfPresent(isUnchecked, forKey: .init("insecure"))
  }
}
