internal import Foundation
package import SentinelModel

/// What a lab is made of: how many of what, how quick, and behind which passwords.
package struct LabLayout: Sendable, Equatable {
  /// The monitored services; each has one master.
  package var services: [ServiceName]
  /// How many replicas each master has.
  package var replicas: Int
  /// How many Sentinels there are; each of them monitors every service.
  package var sentinels: Int
  /// How many Sentinels it takes to call a master down.
  package var quorum: Int
  package var downAfter = Duration.milliseconds(1500)
  package var failoverTimeout = Duration.milliseconds(6000)
  package var parallelSyncs = 1
  /// Asked for by masters and replicas; replicas and Sentinels know it.
  package var nodePassword: String?
  /// Asked for by Sentinels; they know each other's.
  package var sentinelPassword: String?
  /// Nil where everybody speaks plain text.
  package var tls: LabTLS?
  /// Whether its servers know HELLO, and with it RESP3. Without it they speak as servers before 6.0
  /// do; `LAB_RESP=2` in the environment makes that so for every lab.
  package var speaksRESP3 = ProcessInfo.processInfo.environment["LAB_RESP"] != "2"
  /// How long a server may take for what is asked of it, to get ready above all.
  package var timeLimit = Duration.seconds(20)

  /// Services with names of their own choice, or `masters` of them with names from the shelf;
  /// the quorum is a majority of the Sentinels where none is given.
  package init(
    masters: Int = 1, services: [ServiceName]? = nil, replicas: Int = 2, sentinels: Int = 3,
    quorum: Int? = nil
  ) {
    self.services = services ?? Self.names(masters)
    self.replicas = replicas
    self.sentinels = sentinels
    self.quorum = quorum ?? max(1, sentinels / 2 + 1)
  }

  private static let shelf: [ServiceName] = [
    "session", "cache", "queue", "orders", "search", "users", "metrics", "mail",
  ]

  static func names(_ count: Int) -> [ServiceName] {
    guard count != 1 else { return ["mymaster"] }
    return (0..<max(0, count)).map { index in
      index < shelf.count ? shelf[index] : ServiceName("service-\(index + 1)")
    }
  }

  /// The ports it takes: those of the data nodes first, service by service, then the Sentinels', then
  /// those at which Sentinels speak with each other where these are ports of their own.
  var portCount: Int {
    services.count * (1 + replicas) + sentinels * (tls?.needsTwoPorts == true ? 2 : 1)
  }

  /// Throws `LabError.badLayout` where no lab can be made of this.
  func check() throws(LabError) {
    if replicas < 0 || sentinels < 0 { throw .badLayout("a count is negative") }
    if portCount == 0 { throw .badLayout("it has no server") }
    if quorum < 1 { throw .badLayout("a quorum is at least 1") }
    if Set(services).count < services.count { throw .badLayout("two services have one name") }
    // A name with a space would corrupt the Sentinels' configuration files.
    if let name = services.first(where: { !$0.isSafe }) {
      throw .badLayout("no Sentinel can keep a service named '\(name)'")
    }
    // And they write auth-pass down without quotes, whatever is in it.
    if let nodePassword, nodePassword.contains(where: { $0.isWhitespace || "\"'".contains($0) }) {
      throw .badLayout("no Sentinel can keep a password with spaces or quotes")
    }
  }
}
