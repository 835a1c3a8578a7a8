package import SentinelModel

/// Why a lab, or one of its servers, could not do what was asked; never holds a password.
package enum LabError: Error, Equatable {
  /// Neither Redis nor Valkey was found under these names.
  case noServer(sought: [String])
  /// The program says something else than a Redis or Valkey server would.
  case notAServer(path: String, said: String)
  /// No lab can be made of this layout.
  case badLayout(String)
  /// The temporary directory could not be made, or a file in it not be written.
  case noDirectory(String)
  /// Fewer ports than needed are free.
  case noPorts
  /// A server ended before it was ready.
  case failedToStart(node: String, address: NodeAddress, log: [String])
  /// A port that was free a moment ago was not any more.
  case portTaken(node: String, address: NodeAddress)
  /// A server lives but is not as far as it should be by now.
  case tooSlow(node: String, address: NodeAddress, limit: Duration, log: [String])
  /// What was asked needs a server that runs.
  case notRunning(node: String, address: NodeAddress)
  /// The lab is closed, or closing.
  case closed
}

extension LabError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noServer(let sought):
      """
      no \(sought.joined(separator: " and no ")) found; install Redis or Valkey \
      (apt-get install redis-server, dnf install valkey, brew install redis) or name the program
      """
    case .notAServer(let path, let said):
      "\(path) is no Redis or Valkey server: asked for its version it said '\(said)'"
    case .badLayout(let reason):
      "no lab can be made of this: \(reason)"
    case .noDirectory(let reason):
      "no temporary directory for the lab: \(reason)"
    case .noPorts:
      "not enough free ports on 127.0.0.1"
    case .failedToStart(let node, let address, let log):
      "\(node) (\(address)) did not start\(Self.quoted(log))"
    case .portTaken(let node, let address):
      "\(node) did not start: \(address) is already in use"
    case .tooSlow(let node, let address, let limit, let log):
      "\(node) (\(address)) was not ready after \(limit)\(Self.quoted(log))"
    case .notRunning(let node, let address):
      "\(node) (\(address)) is not running"
    case .closed:
      "the lab is closed"
    }
  }

  private static func quoted(_ log: [String]) -> String {
    guard !log.isEmpty else { return "; it said nothing" }
    return "; its last words:\n" + log.suffix(12).map { "  \($0)" }.joined(separator: "\n")
  }
}
