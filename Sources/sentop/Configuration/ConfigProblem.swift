import Yams

/// What is wrong at one place of the config file.
struct ConfigProblem: Hashable {
  var mark: ConfigMark?
  var message: String

  /// As compilers say it, so that editors can jump there.
  func line(in file: String) -> String {
    mark.map { "\(file):\($0): \(message)" } ?? "\(file): \(message)"
  }
}

/// A line and a column, both counted from one.
struct ConfigMark: Hashable, Comparable, CustomStringConvertible {
  var line: Int
  var column: Int

  var description: String { "\(line):\(column)" }

  static func < (left: ConfigMark, right: ConfigMark) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

extension ConfigMark {
  init(_ mark: Mark) {
    self.init(line: mark.line, column: mark.column)
  }
}

/// Gathers what is wrong while the file is decoded, each with its place, so that all of it can be
/// told at once.
final class ConfigProblems {
  private let root: Node
  private(set) var found: [ConfigProblem] = []

  init(_ root: Node) {
    self.root = root
  }

  /// Notes something about a value.
  func note(_ message: String, at path: [any CodingKey]) {
    found.append(ConfigProblem(mark: mark(of: path), message: message))
  }

  /// Notes something about a key, not about what is behind it.
  func noteKey(_ message: String, at path: [any CodingKey]) {
    found.append(ConfigProblem(mark: mark(of: path, isKey: true), message: message))
  }

  /// Where the value of that path stands; of what a merge brought in, where the merge is.
  func mark(of path: [any CodingKey], isKey: Bool = false) -> ConfigMark? {
    var node = root
    var last = root.mark
    for (depth, key) in path.enumerated() {
      if let index = key.intValue, let sequence = node.sequence, sequence.indices.contains(index) {
        node = sequence[index]
      } else if let pair = node.mapping?.first(where: { $0.key.string == key.stringValue }) {
        if isKey, depth == path.count - 1 { return pair.key.mark.map(ConfigMark.init) }
        node = pair.value
      } else {
        break
      }
      last = node.mark ?? last
    }
    return last.map(ConfigMark.init)
  }

  /// Under which the decoder hands it on.
  static let key = CodingUserInfoKey(rawValue: "sentop.config.problems")
}
