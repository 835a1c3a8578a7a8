import Foundation
import SentinelLab
import SentinelModel
import Subprocess
import Testing

extension LabNode {
  /// What redis-cli prints for one command, line by line.
  nonisolated func ask(_ words: String...) async throws -> [String] {
    try await ask(words)
  }

  private nonisolated func ask(_ words: [String]) async throws -> [String] {
    let result = try await run(
      .name("redis-cli"),
      arguments: Arguments(["-h", address.host, "-p", "\(address.port)"] + words),
      input: .none, output: .string(limit: 1 << 20), error: .discarded)
    var lines = result.standardOutput.components(separatedBy: "\n")
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  /// The same for a command that answers with a list of instances: the fields of each.
  nonisolated func askForInstances(_ words: String...) async throws -> [[String: String]] {
    let lines = try await ask(words)
    var instances: [[String: String]] = []
    for (name, value) in zip(lines.indices, lines.indices.dropFirst()) where name % 2 == 0 {
      if lines[name] == "name" { instances.append([:]) }
      guard !instances.isEmpty else { break }
      instances[instances.count - 1][lines[name]] = lines[value]
    }
    return instances
  }

  /// The address of the service's master, in this Sentinel's words.
  nonisolated func master(of service: String) async throws -> NodeAddress? {
    let words = try await ask("SENTINEL", "GET-MASTER-ADDR-BY-NAME", service)
    guard words.count == 2, let port = Int(words[1]) else { return nil }
    return NodeAddress(host: words[0], port: port)
  }

  var pid: Int32? {
    switch state {
    case .up(let pid), .frozen(let pid): pid
    default: nil
    }
  }
}

extension Lab {
  /// `-s ADDRESS` of one Sentinel.
  func seed(_ number: Int = 0) -> [String] { ["-s", "\(sentinels[number].address)"] }

  /// The service that a lab has if nobody says otherwise.
  static let service = "mymaster"

  /// A lab whose Sentinels know each other. By default they are slow to call somebody down: a busy
  /// machine is no dead server.
  static func settled<Result>(
    _ layout: LabLayout = LabLayout(), downAfter: Duration = .seconds(5),
    _ body: (Lab) async throws -> Result
  ) async throws -> Result {
    var layout = layout
    layout.downAfter = downAfter
    return try await open(layout) { lab in
      try await lab.settle()
      return try await body(lab)
    }
  }

  /// Returns when all living Sentinels name the same new master; others may not follow it yet.
  func newMaster(after old: NodeAddress) async throws -> NodeAddress {
    try await eventually("a new master, after \(old)", within: .seconds(60)) {
      var masters: Set<NodeAddress?> = []
      for sentinel in sentinels where await sentinel.state.isRunning {
        masters.insert(try await sentinel.master(of: Self.service))
      }
      guard masters.count == 1, let new = masters.first ?? nil, new != old else { return nil }
      return new
    }
  }

  /// Returns when all living Sentinels have the same new master, and nothing is under way any more:
  /// no failover runs, and every living node reports to be what it should be.
  func settleAfterFailover(from old: NodeAddress) async throws -> NodeAddress {
    var seen: [[String: String]] = []
    return try await eventually("a new master, after \(old); \(seen)", within: .seconds(90)) {
      seen = []
      var masters: Set<NodeAddress> = []
      for sentinel in sentinels where await sentinel.state.isRunning {
        let reports = try await sentinel.askForInstances("SENTINEL", "MASTERS")
        guard let report = reports.first(where: { $0["name"] == Self.service }),
          let master = try await sentinel.master(of: Self.service)
        else { return nil }
        let replicas = try await sentinel.askForInstances("SENTINEL", "REPLICAS", Self.service)
        seen += [report] + replicas
        masters.insert(master)
        let living = replicas.filter { $0["flags"]?.contains("down") == false }
        let follow = living.allSatisfy {
          $0["flags"] == "slave" && $0["role-reported"] == "slave"
            && $0["master-link-status"] == "ok" && $0["master-port"] == "\(master.port)"
        }
        guard report["flags"] == "master", master != old, follow,
          replicas.contains(where: { $0["port"] == "\(old.port)" })
        else { return nil }
      }
      return masters.count == 1 ? masters.first : nil
    }
  }
}
