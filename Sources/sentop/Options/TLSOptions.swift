import ArgumentParser
import RedisSentinel

/// Whether to encrypt, and whom to trust then.
struct TLSOptions: ParsableArguments {
  @Flag(help: "Connect to the Sentinels with TLS.")
  var tls = false

  @Option(
    help: ArgumentHelp(
      "A PEM file with the certificate of the authority to trust, instead of the system's.",
      valueName: "file"))
  var cacert: String?

  @Option(help: ArgumentHelp("A PEM file with our own certificate.", valueName: "file"))
  var cert: String?

  @Option(help: ArgumentHelp("A PEM file with our certificate's key.", valueName: "file"))
  var key: String?

  @Option(
    help: ArgumentHelp(
      "The name that the Sentinels' certificates are for, instead of the host's.",
      valueName: "name"))
  var sni: String?

  @Flag(help: "Don't check the Sentinels' certificates: encrypted, but with anybody.")
  var insecure = false

  private var encryption: Encryption {
    Encryption(
      prefix: "--", isOn: tls, authority: cacert, certificate: cert, key: key, serverName: sni,
      isUnchecked: insecure)
  }

  var profile: ProfileTLS? { encryption.profile }

  /// As the options say, and where they don't, as the profile does.
  ///
  /// - Throws: `Trouble` where a file can't be read.
  func resolve(
    _ profile: ProfileTLS?, _ preferences: Preferences, environment: [String: String]
  ) throws -> TLSOption {
    try encryption.completed(by: profile, preferences, environment: environment)
      .resolve(keyPassword: environment["SENTOP_KEY_PASSWORD"])
  }
}
