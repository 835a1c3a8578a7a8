/// Where a profile's password is; never the password itself.
enum PasswordSource: Hashable, Sendable {
  /// The first line of a file.
  case file(String)
  /// The first line that a program prints. No shell reads the words.
  case command([String])
  /// A variable of the environment.
  case variable(String)

  static let names = ["password_file", "password_command", "password_env"]

  /// What is to be done instead of what people try.
  static let refused = [
    "password":
      "a password never stands in this file: name a password_file, a password_command or the "
      + "variable of the environment that holds it, password_env"
  ]

  /// Reads what stands there; nil where nothing does.
  init?(_ fields: ConfigFields) {
    let given = Self.names.filter(fields.contains)
    if given.count > 1, let last = given.last {
      fields.noteKey(last, "only one of \(given.joined(separator: ", ")) can be the password's")
    }
    switch given.first {
    case "password_file":
      guard let file: String = fields.value("password_file") else { return nil }
      self = .file(file)
    case "password_command":
      guard let words: [String] = fields.list("password_command") else { return nil }
      guard let program = words.first else {
        fields.note("password_command", "password_command: there is no program")
        return nil
      }
      if words.count == 1, program.contains(where: \.isWhitespace) {
        fields.note(
          "password_command",
          "password_command: no shell takes this apart: give a list of words, such as "
            + "[pass, show, sentinels]")
        return nil
      }
      self = .command(words)
    case "password_env":
      guard let name: String = fields.value("password_env") else { return nil }
      self = .variable(name)
    default: return nil
    }
  }

  func encode(into container: inout KeyedEncodingContainer<ConfigFields.Name>) throws {
    switch self {
    case .file(let file): try container.encode(file, forKey: .init("password_file"))
    case .command(let words): try container.encode(words, forKey: .init("password_command"))
    case .variable(let name): try container.encode(name, forKey: .init("password_env"))
    }
  }
}
