import Foundation
import RedisSentinel

/// Where passwords come from: never from an argument, which every user of the machine can read.
enum Secrets {
  /// The password for Sentinels: asked for, from a file, or from the environment; nil where there is
  /// none.
  static func password(
    asking: Bool, file: String?, environment: [String: String]
  ) throws -> String? {
    if asking { return try prompt() }
    if let file { return try read(file) }
    for name in ["SENTOP_PASSWORD", "REDISCLI_AUTH"] {
      if let password = environment[name], !password.isEmpty { return password }
    }
    return nil
  }

  private static func prompt() throws -> String {
    // Without a terminal `getpass` would read standard input, and take its end for a password.
    guard let terminal = FileHandle(forUpdatingAtPath: "/dev/tty"),
      let typed = getpass("Password for the Sentinels: ")
    else {
      throw Trouble("--askpass needs a terminal; give the password in SENTOP_PASSWORD instead")
    }
    try? terminal.close()
    return String(cString: typed)
  }

  private static func read(_ file: String) throws -> String {
    let text: String
    do {
      text = try String(contentsOfFile: file, encoding: .utf8)
    } catch {
      throw Trouble("the password file \(file) can't be read: \(error.localizedDescription)")
    }
    guard let password = text.split(whereSeparator: \.isNewline).first, !password.isEmpty else {
      throw Trouble("the password file \(file) is empty")
    }
    return String(password)
  }
}
