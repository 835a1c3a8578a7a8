import ArgumentParser
import Foundation
import SentinelModel

/// The words after `set NAME`, as settings.
enum SettingArguments {
  /// Reads pairs of an option and its value; `rename-command` takes two values.
  static func options(
    _ words: [String], environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws -> [MonitorOption] {
    var options: [MonitorOption] = []
    var rest = words[...]
    while let option = rest.popFirst() {
      guard let value = rest.popFirst() else {
        throw ValidationError("the option \"\(option.printable)\" has no value")
      }
      switch option.lowercased() {
      case "rename-command":
        guard let new = rest.popFirst() else {
          throw ValidationError("rename-command takes two values: the old name and the new one")
        }
        options.append(.renameCommand(value, to: new))
      case "auth-pass":
        guard value == "-", let password = environment["SENTOP_NODE_PASSWORD"] else {
          throw ValidationError(
            "a password is never given as an argument: put it into SENTOP_NODE_PASSWORD, and "
              + "write auth-pass -")
        }
        options.append(.authPassword(password))
      default:
        options.append(.custom(option, value))
      }
    }
    return options
  }
}
