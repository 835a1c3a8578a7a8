/// An error reply taken apart: its first word, and the rest.
public struct ServerError: Hashable, Sendable {
  /// The first word, in capitals: `ERR`, `NOAUTH`, `INPROG` …; empty where there is none.
  public var prefix: String
  /// What follows the first word.
  public var message: String

  /// Reads the text of an error reply, without its leading `-`.
  public init(text: String) {
    let word = text.prefix { !$0.isWhitespace }
    let isPrefix =
      !word.isEmpty
      && word.utf8.allSatisfy {
        (0x41...0x5a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5f
      }
    if isPrefix {
      prefix = String(word)
      message = String(text.dropFirst(word.count).drop(while: \.isWhitespace))
    } else {
      prefix = ""
      message = text
    }
  }

  /// The whole text.
  public var text: String {
    prefix.isEmpty ? message : message.isEmpty ? prefix : "\(prefix) \(message)"
  }

  /// The ACL rule that is missing, as it would be granted: `sentinel|failover`; nil where the reply
  /// isn't about a command, or doesn't name it.
  public var missingPermission: String? {
    guard prefix == "NOPERM" else { return nil }
    // "one of the channels used as arguments", from 7.2 on "a channel".
    if message.contains("the channels") || message.hasSuffix("channel") { return "channels" }
    let parts = message.split(separator: "'")
    return parts.count > 1 ? String(parts[1]) : nil
  }

  // Texts change between versions, so only these few are looked at, as leniently as can be.

  var isUnknownCommand: Bool {
    prefix == "ERR" && message.lowercased().hasPrefix("unknown command")
  }

  /// A script that tried to write on a replica; before version 7 the code stands within the text.
  var isReadOnly: Bool {
    // REDIRECT is what Valkey says in its place, to clients that understand it.
    prefix == "READONLY" || prefix == "REDIRECT" || prefix == "ERR" && message.contains("-READONLY")
  }

  /// Whether the reply proves that the command was not carried out, so that it may be sent again.
  var provesNothingHappened: Bool {
    switch prefix {
    case "READONLY", "LOADING", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN", "NOREPLICAS": true
    default: isReadOnly || isTooManyClients
    }
  }

  var isUnknownSubcommand: Bool {
    let text = message.lowercased()
    return prefix == "ERR"
      && (text.hasPrefix("unknown subcommand") || text.hasPrefix("unknown sentinel subcommand"))
  }

  var isUnknownService: Bool {
    prefix == "ERR" && message.lowercased().hasPrefix("no such master")
  }

  var isDuplicateService: Bool {
    prefix == "ERR" && message.lowercased().hasPrefix("duplicate")
  }

  var isWrongArity: Bool {
    prefix == "ERR" && message.lowercased().hasPrefix("wrong number of arguments")
  }

  var isTooManyClients: Bool {
    prefix == "ERR" && message.lowercased().hasPrefix("max number of clients")
  }

  var isNoPasswordSet: Bool {
    prefix == "ERR" && message.contains("AUTH")
      && (message.contains("without any password") || message.contains("no password is set"))
  }
}
