import SentinelModel
import Subprocess
import Testing

@testable import SentinelLab

extension LabNode {
  /// What redis-cli prints for one command, without a last line break.
  func ask(_ words: String..., password: String? = nil) async throws -> String {
    let cli = ["-h", address.host, "-p", "\(address.port)"] + words
    let result = try await run(
      .name("redis-cli"), arguments: Arguments(cli),
      environment: .inherit.updating(["REDISCLI_AUTH": password]),
      output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
    let text = result.standardOutput + result.standardError
    return text.trimmingLineBreaks
  }

  /// Its process, where it has one.
  var pid: Int32? {
    switch state {
    case .up(let pid), .frozen(let pid): pid
    default: nil
    }
  }
}

extension Lab {
  var pids: [Int32] {
    get async {
      var pids: [Int32] = []
      for node in nodes {
        if let pid = await node.pid { pids.append(pid) }
      }
      return pids
    }
  }
}

extension String {
  fileprivate var trimmingLineBreaks: String {
    var text = self[...]
    while text.last?.isNewline == true { text.removeLast() }
    return String(text)
  }
}

/// Records an issue for each node that doesn't answer PING.
func expectAnswers(
  from nodes: [LabNode], sourceLocation: SourceLocation = #_sourceLocation
) async throws {
  for node in nodes {
    let answer = try await node.ask("PING")
    #expect(answer == "PONG", "\(node.name)", sourceLocation: sourceLocation)
  }
}

/// Returns when the condition holds, as soon as it does; records an issue when it never does.
func eventually(
  _ what: String, within limit: Duration = .seconds(20),
  sourceLocation: SourceLocation = #_sourceLocation, _ condition: () async throws -> Bool
) async throws {
  let end = ContinuousClock.now + limit
  while try await !condition() {
    guard ContinuousClock.now < end else {
      Issue.record("never: \(what)", sourceLocation: sourceLocation)
      return
    }
    try await Task.sleep(for: .milliseconds(5))
  }
}
