import Foundation
import Testing

/// The code in the articles and in the README is the code of the examples, which are compiled and run.
struct DocumentationTests {
  private struct Block: Equatable, CustomStringConvertible {
    var name: String
    var code: [String]
    var description: String { "\(name):\n\(code.joined(separator: "\n"))" }

    /// Without the margin that all lines have, and without blank lines at the ends.
    var unindented: Self {
      var lines = code.map { $0.allSatisfy(\.isWhitespace) ? "" : $0 }
      while lines.last?.isEmpty == true { lines.removeLast() }
      while lines.first?.isEmpty == true { lines.removeFirst() }
      let margin = lines.filter { !$0.isEmpty }.map { $0.prefix { $0 == " " }.count }.min() ?? 0
      return Self(name: name, code: lines.map { String($0.dropFirst(margin)) })
    }
  }

  private static let package = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static func files(in folder: String, suffix: String) throws -> [URL] {
    let folder = package.appending(path: folder)
    return try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(suffix) }.sorted().map { folder.appending(path: $0) }
  }

  private static func lines(of file: URL) throws -> [String] {
    try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
  }

  /// From `// snippet: NAME` to `// end`.
  private static func examples() throws -> [Block] {
    var blocks: [Block] = []
    for file in try files(in: "Tests/RedisSentinelTests/Examples", suffix: "Examples.swift") {
      var open: Block?
      for line in try lines(of: file) {
        let words = line.trimmingCharacters(in: .whitespaces)
        if words.hasPrefix("// snippet: ") {
          try #require(open == nil, "\(open?.name ?? "") has no end")
          open = Block(name: String(words.dropFirst(12)), code: [])
        } else if words == "// end" {
          blocks.append(try #require(open).unindented)
          open = nil
        } else {
          open?.code.append(line)
        }
      }
      #expect(open == nil)
    }
    return blocks
  }

  /// The fenced Swift code behind `<!-- example: NAME -->`; without a name where there is no such line.
  private static func quotations() throws -> [Block] {
    var blocks: [Block] = []
    let readme = package.appending(path: "README.md")
    for file in try files(in: "Sources/RedisSentinel/RedisSentinel.docc", suffix: ".md") + [readme]
    {
      var (name, open) = ("", Block?.none)
      for line in try lines(of: file) {
        if line == "```", let block = open {
          blocks.append(block.unindented)
          (name, open) = ("", nil)
        } else if open != nil {
          open?.code.append(line)
        } else if line.hasPrefix("<!-- example: "), line.hasSuffix(" -->") {
          name = String(line.dropFirst(14).dropLast(4))
        } else if line == "```swift" {
          open = Block(name: name, code: [])
        }
      }
      #expect(open == nil, "a block of \(file.lastPathComponent) has no end")
    }
    return blocks
  }

  @Test func `every block of Swift in the documentation is the example that it names`() throws {
    let examples = try Dictionary(
      uniqueKeysWithValues: Self.examples().map { ($0.name, $0) })
    let quotations = try Self.quotations()
    #expect(quotations.count >= examples.count)
    for block in quotations {
      #expect(!block.name.isEmpty, "no example is named above:\n\(block)")
      #expect(block == examples[block.name])
    }
  }

  @Test func `every example stands somewhere in the documentation`() throws {
    let quoted = Set(try Self.quotations().map(\.name))
    #expect(try Self.examples().map(\.name).filter { !quoted.contains($0) } == [])
  }
}
