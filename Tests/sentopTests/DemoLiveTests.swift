import TestSupport
import Testing

/// `sentop demo` without its screen, as scripts and other programs use it.
@Suite(.live) struct DemoLiveTests {
  @Test func `the servers' addresses are told, and the end of the input ends them`() async throws {
    let arguments = ["demo", "--servers-only", "--replicas", "1", "--sentinels", "2"]
    let ending = try await Program.run(arguments)
    ending.expect(0)
    #expect(ending.lines.last == "ready")
    let nodes = ending.lines.dropLast().map { $0.split(separator: "\t").map(String.init) }
    #expect(
      nodes.map(\.last) == ["mymaster-master", "mymaster-replica-1", "sentinel-1", "sentinel-2"])
    #expect(nodes.allSatisfy { $0.first?.hasPrefix("127.0.0.1:") == true })
    let gone = try await Program.run(["get", "mymaster", "-s", nodes[2][0]])
    #expect(gone.status != 0)
  }
}
