import Dashboard

/// What a config file says.
struct Config: Equatable, Sendable {
  var defaults = ConfigDefaults()
  var keys = ConfigKeys()
  var columns = ConfigColumns()
  var profiles: [String: Profile] = [:]
}

extension Config: Decodable {
  init(from decoder: any Decoder) throws {
    let fields = try ConfigFields(decoder, known: ["defaults", "keys", "columns", "profiles"])
    defaults = fields.part("defaults") ?? defaults
    keys = fields.part("keys") ?? keys
    columns = fields.part("columns") ?? columns
    profiles = fields.part("profiles", Profiles.self)?.byName ?? profiles
  }

  private struct Profiles: Decodable {
    var byName: [String: Profile] = [:]

    init(from decoder: any Decoder) throws {
      let fields = try ConfigFields(decoder)
      for name in fields.names {
        if let trouble = Config.trouble(withName: name) { fields.noteKey(name, trouble) }
        byName[name] = fields.part(name)
      }
    }
  }

  /// Why a profile can't be called that.
  static func trouble(withName name: String) -> String? {
    let isPlain =
      !name.isEmpty && name.count <= 64 && name.first != "-"
      && name.allSatisfy { $0.isLetter || $0.isNumber || "-_.@".contains($0) }
    return isPlain
      ? nil : "a profile's name is made of letters, digits and - _ . @: \"\(name)\" isn't"
  }
}
