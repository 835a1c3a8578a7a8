import ArgumentParser
import Foundation
import RedisSentinel

/// Whether to encrypt and whom to trust, as options say it; for Sentinels and data nodes alike.
struct Encryption {
  /// What stands before the options' names: `--` or `--node-`.
  var prefix: String
  var isOn: Bool
  var authority: String?
  var certificate: String?
  var key: String?
  var serverName: String?
  var isUnchecked: Bool

  /// With what the profile says where the options say nothing; checked.
  func completed(
    by profile: ProfileTLS?, _ preferences: Preferences, environment: [String: String]
  ) throws -> Encryption {
    var whole = self
    if let profile {
      func path(_ file: String?) -> String? {
        file.map { preferences.file.resolve($0, environment) }
      }
      whole.isOn = true
      whole.authority = authority ?? path(profile.authority)
      if certificate == nil, key == nil {
        whole.certificate = path(profile.certificate)
        whole.key = path(profile.key)
      }
      whole.serverName = serverName ?? profile.serverName
      whole.isUnchecked = isUnchecked || profile.isUnchecked ?? false
    }
    try whole.validate()
    return whole
  }

  /// The same for a profile, wherever that is read; nil without TLS.
  var profile: ProfileTLS? {
    guard isOn else { return nil }
    func path(_ file: String?) -> String? { file.map { URL(filePath: $0).path } }
    return ProfileTLS(
      authority: path(authority), certificate: path(certificate), key: path(key),
      serverName: serverName, isUnchecked: isUnchecked ? true : nil)
  }

  private func validate() throws {
    let given = [
      ("cacert", authority != nil), ("cert", certificate != nil), ("key", key != nil),
      ("sni", serverName != nil), ("insecure", isUnchecked),
    ].first { $0.1 }
    if let given, !isOn { throw ValidationError("\(prefix)\(given.0) needs \(prefix)tls") }
    if certificate != nil, key == nil { throw ValidationError("\(prefix)cert needs \(prefix)key") }
    if key != nil, certificate == nil { throw ValidationError("\(prefix)key needs \(prefix)cert") }
    if serverName == "" { throw ValidationError("\(prefix)sni needs a name") }
  }

  /// - Throws: `Trouble` where a file can't be read.
  func resolve(keyPassword: String?) throws -> TLSOption {
    guard isOn else { return .disabled }
    for (option, file) in [("cacert", authority), ("cert", certificate), ("key", key)] {
      if let file { try Self.check(file, of: prefix + option) }
    }
    var settings = TLSOption.Settings(
      trust: authority.map { .file($0) } ?? .system, verification: isUnchecked ? .none : .full,
      serverName: serverName)
    if let certificate, let key {
      settings.identity = TLSOption.Identity(
        certificateFile: certificate, keyFile: key, keyPassword: keyPassword)
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
