import Foundation

/// The codec alone: SENTINEL MASTERS of 1,000 masters, in both protocols, from bytes to a tree of
/// values; and commands to bytes.
struct CodecComparison {
  let tools: Tools
  let fixtures: String

  init(_ tools: Tools, fixtures: String) {
    self.tools = tools
    self.fixtures = fixtures
  }

  func decode(_ rounds: Int) async throws -> Finding {
    var finding = Finding(rows: [], figures: [:])
    for version in [2, 3] {
      let file = try write(try reply(ofThousand: "masters.resp\(version).resp"), version)
      defer { try? FileManager.default.removeItem(atPath: file) }
      let turns = try await Turns(
        [tools.sentop(["decode", file, "500"]), tools.c("decode", [file, "500"])],
        rounds: rounds)
      let (ours, peer) = (turns.median(0, of: \.median), turns.median(1, of: \.median))
      finding.rows.append(
        Row(
          what: "decode MASTERS of 1,000, RESP\(version)", ours: ours.time,
          peer: "hiredis \(peer.time)", ratio: "\((peer / ours).times) as fast", target: "≥ 1.00×",
          isReached: peer >= ours))
      finding.figures["decode.resp\(version).ours"] = turns.figures[0]
      finding.figures["decode.resp\(version).hiredis"] = turns.figures[1]
    }
    return finding
  }

  func encode(_ rounds: Int) async throws -> Finding {
    let turns = try await Turns(
      [tools.sentop(["encode", "500"]), tools.c("encode", ["500"])], rounds: rounds)
    let (ours, peer) = (turns.median(0, of: \.median), turns.median(1, of: \.median))
    return Finding(
      rows: [
        Row(
          what: "encode 1,000 SETs", ours: ours.time, peer: "hiredis \(peer.time)",
          ratio: "\((peer / ours).times) as fast", target: "–", isReached: nil)
      ], figures: ["encode.ours": turns.figures[0], "encode.hiredis": turns.figures[1]])
  }

  /// A thousand times the entry of the recorded reply, which has one master, each with a name of
  /// its own.
  private func reply(ofThousand name: String) throws -> Data {
    let text = try String(contentsOfFile: "\(fixtures)/replies/\(name)", encoding: .utf8)
    guard text.hasPrefix("*1\r\n"), text.contains("\r\n$8\r\nmymaster\r\n") else {
      throw UnfitFixture(name: name)
    }
    let entry = text.dropFirst("*1\r\n".count)
    let entries = (0..<1_000).map { number in
      entry.replacing(
        "\r\n$8\r\nmymaster\r\n",
        with: "\r\n$12\r\nservice-\(String(format: "%04d", number))\r\n")
    }
    return Data("*1000\r\n\(entries.joined())".utf8)
  }

  private func write(_ data: Data, _ version: Int) throws -> String {
    let file = FileManager.default.temporaryDirectory
      .appending(path: "sentop-bench-\(ProcessInfo.processInfo.processIdentifier)-\(version).resp")
    try data.write(to: file)
    return file.path
  }
}

/// A recorded reply isn't the one that a larger one can be made of.
struct UnfitFixture: Error {
  var name: String
}
