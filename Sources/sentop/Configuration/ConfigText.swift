import Yams

/// Reads the text of a config file.
enum ConfigText {
  /// More than this isn't read: nobody has written it by hand.
  static let mostBytes = 1 << 20

  /// What the text says, and all that is wrong with it, in the order of the file.
  static func read(_ text: String) -> (config: Config, problems: [ConfigProblem]) {
    do {
      let parser = try Parser(yaml: text, resolver: .basic.appending(.merge))
      // Nodes hold their anchors weakly.
      return try withExtendedLifetime(parser) {
        guard let root = try parser.singleRoot() else { return (Config(), []) }
        return try decode(root)
      }
    } catch let error as YamlError {
      return (Config(), [ConfigProblem(error, in: text)])
    } catch {
      return (Config(), [ConfigProblem(message: "\(error)")])
    }
  }

  private static func decode(_ root: Node) throws -> (config: Config, problems: [ConfigProblem]) {
    let problems = ConfigProblems(root)
    let userInfo = ConfigProblems.key.map { [$0: problems as Any] } ?? [:]
    let config = try YAMLDecoder().decode(Config.self, from: root, userInfo: userInfo)
    let sorted = problems.found.enumerated().sorted { left, right in
      guard let first = left.element.mark, let second = right.element.mark, first != second else {
        return left.offset < right.offset
      }
      return first < second
    }
    return (config, sorted.map(\.element))
  }
}

extension ConfigProblem {
  /// What keeps the text from being YAML.
  init(_ error: YamlError, in text: String) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      self.init(mark: ConfigMark(mark), message: problem + Self.advice(at: mark, in: text))
    case .reader(let problem, let offset, _, _):
      self.init(mark: offset.map { ConfigMark(offset: $0, in: text) }, message: problem)
    case .duplicatedKeysInMapping(let names, let context):
      let name = names.first ?? ""
      let first = ConfigMark(context.mark)
      let second = first.ofNextKey(name, in: text)
      self.init(
        mark: second ?? first,
        message: "\"\(name)\" stands there twice"
          + (second == nil ? "" : ", first at \(first)"))
    default:
      self.init(message: "\(error)")
    }
  }

  /// YAML has its own use for much punctuation that is also a key.
  private static func advice(at mark: Mark, in text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    // The scanner often finds out on the next line.
    let near = lines.indices.filter { ($0 + 1...$0 + 2).contains(mark.line) }.map { lines[$0] }
    let isPunctuation = near.contains { line in
      line.split { " :[],".contains($0) && $0 != "[" && $0 != "]" && $0 != ":" }
        .contains { $0.count == 1 && "?![]{}&*|>@%`\"',:".contains($0) }
    }
    return isPunctuation ? "; punctuation needs quotes here, such as '?'" : ""
  }
}

extension ConfigMark {
  fileprivate init(offset: Int, in text: String) {
    let before = text.prefix(offset).split(separator: "\n", omittingEmptySubsequences: false)
    self.init(line: max(1, before.count), column: (before.last?.count ?? 0) + 1)
  }

  /// Where the same key comes next in the same mapping: further down, as far to the right.
  fileprivate func ofNextKey(_ name: String, in text: String) -> ConfigMark? {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard line <= lines.count else { return nil }
    for (index, candidate) in lines.enumerated().dropFirst(line) {
      let indent = candidate.prefix { $0 == " " }.count
      let key = candidate.dropFirst(indent).prefix { $0 != ":" }.trimming("'\" ")
      if indent == column - 1, key == name { return ConfigMark(line: index + 1, column: column) }
    }
    return nil
  }
}

extension Substring {
  fileprivate func trimming(_ characters: String) -> Substring {
    var rest = drop { characters.contains($0) }
    while let last = rest.last, characters.contains(last) { rest.removeLast() }
    return rest
  }
}
