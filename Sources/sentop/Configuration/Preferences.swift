import SentinelModel

/// What the config file says, and the profile that was chosen from it.
struct Preferences {
  let file: ConfigFile
  let config: Config
  let profile: Profile
  /// What the profile is called; nil where none was chosen.
  let profileName: String?
  /// Whether the profile was chosen on the command line: then it comes before the environment, too.
  let isProfileNamed: Bool

  /// Nothing is said.
  init() {
    file = ConfigFile(environment: [:])
    config = Config()
    profile = Profile()
    profileName = nil
    isProfileNamed = false
  }

  /// Reads the config, and takes the profile of that name, or that of SENTOP_PROFILE.
  init(_ file: ConfigFile, profile name: String?, environment: [String: String]) throws {
    let contents = try file.read()
    for warning in contents.warnings { Console.say("Warning: " + warning.printable) }
    try self.init(
      file, contents.checked(in: file.path), profile: name, environment: environment)
  }

  init(
    _ file: ConfigFile, _ config: Config, profile name: String?, environment: [String: String]
  ) throws {
    self.file = file
    self.config = config
    isProfileNamed = name != nil
    profileName = name ?? environment["SENTOP_PROFILE"].flatMap { $0.isEmpty ? nil : $0 }
    guard let profileName else {
      profile = Profile()
      return
    }
    guard let profile = config.profiles[profileName] else {
      let names = config.profiles.keys.sorted()
      throw Trouble(
        "there is no profile \"\(profileName)\" in \(file.path)"
          + Suggestion.words(for: profileName, among: names)
          + (names.isEmpty
            ? "; sentop init writes one" : "; there is " + names.joined(separator: ", ")))
    }
    self.profile = profile
  }

  /// Whether a change needs a name typed.
  var isProtected: Bool { profile.isProtected }

  /// What locks changes for the whole session; nil where nothing in the file does.
  var readOnlyBecause: String? {
    switch (profile.isReadOnly, config.defaults.isReadOnly) {
    case (true, _): "profile \(profileName ?? "")"
    case (nil, true): "the config"
    default: nil
    }
  }
}
