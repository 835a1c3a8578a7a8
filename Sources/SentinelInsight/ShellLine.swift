package import SentinelModel

/// A line for a shell that sends words to a server by redis-cli. Servers give names to services and
/// hosts: each stays one word, whatever it is, and never becomes a command.
package enum ShellLine {
  package static func redisCLI(_ words: [String], at node: NodeAddress) -> String {
    (["redis-cli", "-h", node.host, "-p", "\(node.port)"] + words).map(quoted)
      .joined(separator: " ")
  }

  private static func quoted(_ word: String) -> String {
    let isPlain =
      !word.isEmpty
      && word.unicodeScalars.allSatisfy {
        ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
          || "-_.:/@%+=,".unicodeScalars.contains($0)
      }
    if isPlain { return word }
    return "'"
      + word.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: "'\\''") + "'"
  }
}

extension NodeAddress {
  /// The line that sends it a command.
  func cli(_ words: String...) -> String { ShellLine.redisCLI(words, at: self) }
}
