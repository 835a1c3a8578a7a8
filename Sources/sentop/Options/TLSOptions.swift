import ArgumentParser
import Foundation
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

  func validate() throws {
    let given = [
      ("--cacert", cacert != nil), ("--cert", cert != nil), ("--key", key != nil),
      ("--sni", sni != nil), ("--insecure", insecure),
    ].first { $0.1 }
    if let given, !tls { throw ValidationError("\(given.0) needs --tls") }
    if cert != nil, key == nil { throw ValidationError("--cert needs --key") }
    if key != nil, cert == nil { throw ValidationError("--key needs --cert") }
    if sni == "" { throw ValidationError("--sni needs a name") }
  }

  /// - Throws: `Trouble` where a file can't be read.
  func resolve(environment: [String: String]) throws -> TLSOption {
    guard tls else { return .disabled }
    for (option, file) in [("--cacert", cacert), ("--cert", cert), ("--key", key)] {
      if let file { try Self.check(file, of: option) }
    }
    var settings = TLSOption.Settings(
      trust: cacert.map { .file($0) } ?? .system, verification: insecure ? .none : .full,
      serverName: sni)
    if let cert, let key {
      let password = environment["SENTOP_KEY_PASSWORD"]
      settings.identity = TLSOption.Identity(
        certificateFile: cert, keyFile: key, keyPassword: password)
    }
    return .enabled(settings)
  }

  private static func check(_ file: String, of option: String) throws {
    guard FileManager.default.fileExists(atPath: file) else {
      throw Trouble("the file of \(option), \(file), doesn't exist")
    }
    guard FileManager.default.isReadableFile(atPath: file) else {
      throw Trouble("the file of \(option), \(file), may not be read")
    }
  }
}
