internal import Subprocess

/// A Redis or Valkey server that is installed here; with `--sentinel` the same program is one.
package struct ServerBinary: Sendable, Equatable {
  /// Whose server it is.
  package enum Flavour: String, Sendable { case redis, valkey }

  /// A version as both number theirs.
  package struct Version: Sendable, Comparable, CustomStringConvertible {
    package var major: Int
    package var minor: Int
    package var patch: Int

    package init(_ major: Int, _ minor: Int, _ patch: Int) {
      self.major = major
      self.minor = minor
      self.patch = patch
    }

    package var description: String { "\(major).\(minor).\(patch)" }

    package static func < (left: Version, right: Version) -> Bool {
      (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
    }
  }

  package let path: String
  package let flavour: Flavour
  package let version: Version

  /// Asks the program at `path`, or the first `redis-server` or `valkey-server` on the `PATH`,
  /// for its version. Throws `LabError.noServer` or `.notAServer`.
  package static func find(at path: String? = nil) async throws -> ServerBinary {
    let names = path.map { [$0] } ?? ["redis-server", "valkey-server"]
    let script = """
      for name do
        path=$(command -v -- "$name") || continue
        echo "$path"
        exec "$path" --version </dev/null 2>&1
      done
      """
    let result = try await run(
      .name("sh"), arguments: Arguments(["-c", script, "sh"] + names),
      output: .string(limit: 64 * 1024), error: .discarded)
    let lines = result.standardOutput.split(separator: "\n").map(String.init)
    guard let found = lines.first else { throw LabError.noServer(sought: names) }
    let said = lines.dropFirst().joined(separator: " ")
    guard let binary = ServerBinary(path: found, said: said) else {
      throw LabError.notAServer(path: found, said: String(said.prefix(200)))
    }
    return binary
  }

  /// Reads what `--version` prints: `Redis server v=7.0.15 sha=00000000:0 …`.
  init?(path: String, said: String) {
    let words = said.split(separator: " ")
    guard words.count > 2, words[1] == "server", words[2].hasPrefix("v="),
      let flavour = Flavour(rawValue: words[0].lowercased())
    else { return nil }
    let numbers = words[2].dropFirst(2).split(separator: ".").map { part in
      Int(part.prefix { $0.isASCII && $0.isNumber })
    }
    guard let first = numbers.first, let major = first else { return nil }
    self.path = path
    self.flavour = flavour
    version = Version(
      major, numbers.count > 1 ? numbers[1] ?? 0 : 0, numbers.count > 2 ? numbers[2] ?? 0 : 0)
  }

  /// Whether DEBUG has to be allowed; older servers allow it, and don't know the option.
  var needsDebugOption: Bool { flavour == .valkey || version >= Version(7, 0, 0) }
}
