import Yams

/// Puts a profile into the text of a config file, and leaves everything else as it was written.
enum ConfigEdit {
  /// The text with that profile, in place of one of that name; nil where that can only be done by
  /// hand, as with profiles in braces.
  static func text(_ text: String, with profile: Profile, named name: String) throws -> String? {
    let (before, problems) = ConfigText.read(text)
    guard problems.isEmpty else { return nil }
    let edited = try Self.edited(text, profile, name)
    // Text is only text: what came of it has to be what was wanted, and nothing else.
    var wanted = before
    wanted.profiles[name] = profile
    guard let edited else { return nil }
    let (after, newProblems) = ConfigText.read(edited)
    return newProblems.isEmpty && after == wanted ? edited : nil
  }

  /// The lines of a profile, with its name.
  static func lines(of profile: Profile, named name: String, indent: Int) throws -> [String] {
    let margin = String(repeating: " ", count: indent)
    let body = try YAMLEncoder().encode(profile).split(separator: "\n")
    return ["\(margin)\(quoted(name)):"] + body.map { "\(margin)  \($0)" }
  }

  /// A name that YAML could take for a number or more stands in quotes.
  private static func quoted(_ name: String) -> String {
    name.allSatisfy { $0.isASCII && ($0.isLetter || $0 == "-" || $0 == "_") } ? name : "'\(name)'"
  }

  private static func edited(
    _ text: String, _ profile: Profile, _ name: String
  ) throws -> String? {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last?.isEmpty == true { lines.removeLast() }
    let root = try Yams.compose(yaml: text)?.mapping
    let pairs = root.map { Array($0) } ?? []
    guard let index = pairs.firstIndex(where: { $0.key.string == "profiles" }),
      let start = pairs[index].key.mark?.line
    else {
      let gap = lines.isEmpty || lines.last == "" ? [] : [""]
      let block = try Self.lines(of: profile, named: name, indent: 2)
      return (lines + gap + ["profiles:"] + block).joined(separator: "\n") + "\n"
    }
    let next = pairs.dropFirst(index + 1).first?.key.mark?.line ?? lines.count + 1
    let value = pairs[index].value
    guard let profiles = value.mapping else {
      guard value.null != nil else { return nil }
      let block = try Self.lines(of: profile, named: name, indent: 2)
      lines.insert(contentsOf: block, at: start)
      return lines.joined(separator: "\n") + "\n"
    }
    let keys = profiles.map { (name: $0.key.string, mark: $0.key.mark) }
    guard let first = keys.first?.mark, first.line > start else { return nil }
    let block = try Self.lines(of: profile, named: name, indent: first.column - 1)
    if let old = keys.firstIndex(where: { $0.name == name }), let from = keys[old].mark?.line {
      let end = keys.dropFirst(old + 1).first?.mark?.line ?? next
      lines.replaceSubrange(from - 1..<lastLine(before: end, from: from, in: lines), with: block)
    } else {
      lines.insert(contentsOf: block, at: lastLine(before: next, from: start, in: lines))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The number of the last line that isn't empty or a comment; those belong to what follows.
  private static func lastLine(before end: Int, from start: Int, in lines: [String]) -> Int {
    var line = end - 1
    while line > start {
      let words = lines[line - 1].drop { $0 == " " || $0 == "\t" }
      guard words.isEmpty || words.first == "#" else { break }
      line -= 1
    }
    return line
  }
}
