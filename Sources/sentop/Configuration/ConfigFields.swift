/// One mapping of the config file, read strictly: what is unknown or wrong is noted with its place, and
/// reading goes on.
struct ConfigFields {
  /// A key that may turn out to be unknown, or a place in a list.
  struct Name: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(_ name: String) {
      stringValue = name
      intValue = nil
    }

    init(at index: Int) {
      stringValue = "\(index)"
      intValue = index
    }

    init(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { self.init(at: intValue) }
  }

  let problems: ConfigProblems
  private let path: [any CodingKey]
  private let container: KeyedDecodingContainer<Name>?

  /// Reads a mapping. Nothing behind a key is an empty one.
  ///
  /// With `known`, other keys are wrong. Of some that people try, `refused` says what is to be done
  /// instead.
  init(
    _ decoder: any Decoder, known: [String]? = nil, refused: [String: String] = [:]
  ) throws {
    guard let problems = ConfigProblems.key.flatMap({ decoder.userInfo[$0] }) as? ConfigProblems
    else {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(
          codingPath: decoder.codingPath, debugDescription: "nobody takes note of problems"))
    }
    self.problems = problems
    path = decoder.codingPath
    guard let container = try? decoder.container(keyedBy: Name.self) else {
      container = nil
      if try !decoder.singleValueContainer().decodeNil() {
        problems.note(
          Self.subject(path)
            + "expected are keys with values"
            + (known.map { ": " + $0.joined(separator: ", ") } ?? ""), at: path)
      }
      return
    }
    self.container = container
    guard let known else { return }
    for key in container.allKeys where !known.contains(key.stringValue) {
      let name = key.stringValue
      problems.noteKey(
        refused[name]
          ?? "unknown key \"\(name)\"" + Suggestion.words(for: name, among: known)
          + "; there is " + known.joined(separator: ", "),
        at: path + [key])
    }
  }

  /// The keys that stand there, by name.
  var names: [String] { container?.allKeys.map(\.stringValue).sorted() ?? [] }

  func contains(_ name: String) -> Bool { container?.contains(Name(name)) ?? false }

  /// One word; nil where there is none, or a wrong one.
  func value<Value: ConfigValue>(_ name: String, _: Value.Type = Value.self) -> Value? {
    guard let container, contains(name) else { return nil }
    guard let text = try? container.decode(String.self, forKey: Name(name)) else {
      problems.note("\(name): expected is \(Value.wanted)", at: path + [Name(name)])
      return nil
    }
    return read(text, of: name, at: [])
  }

  /// Several words, or a single one.
  func list<Value: ConfigValue>(_ name: String, _: Value.Type = Value.self) -> [Value]? {
    guard let container, contains(name) else { return nil }
    if let text = try? container.decode(String.self, forKey: Name(name)) {
      return read(text, of: name, at: []).map { [$0] }
    }
    guard var texts = try? container.nestedUnkeyedContainer(forKey: Name(name)) else {
      problems.note(
        "\(name): expected is \(Value.wanted), or a list of such", at: path + [Name(name)])
      return nil
    }
    var values: [Value] = []
    while !texts.isAtEnd {
      let place = [Name(at: texts.currentIndex)]
      guard let text = try? texts.decode(String.self) else {
        problems.note("\(name): expected is \(Value.wanted)", at: path + [Name(name)] + place)
        // Only one that is decoded is passed by.
        guard (try? texts.superDecoder()) != nil else { return nil }
        continue
      }
      if let value: Value = read(text, of: name, at: place) { values.append(value) }
    }
    return values
  }

  /// A mapping of its own type.
  func part<Part: Decodable>(_ name: String, _: Part.Type = Part.self) -> Part? {
    guard let container, contains(name) else { return nil }
    do {
      return try container.decode(Part.self, forKey: Name(name))
    } catch {
      note(name, "\(name) can't be read: \(error)")
      return nil
    }
  }

  /// Says that something is wrong with a value, or with one of its list.
  func note(_ name: String, at index: Int? = nil, _ message: String) {
    problems.note(message, at: path + [Name(name)] + (index.map { [Name(at: $0)] } ?? []))
  }

  /// Says that something is wrong with a key.
  func noteKey(_ name: String, _ message: String) {
    problems.noteKey(message, at: path + [Name(name)])
  }

  /// Where a value stands, or one of its list.
  func mark(of name: String, at index: Int? = nil) -> ConfigMark? {
    problems.mark(of: path + [Name(name)] + (index.map { [Name(at: $0)] } ?? []))
  }

  private func read<Value: ConfigValue>(
    _ text: String, of name: String, at place: [Name]
  ) -> Value? {
    if let value = Value(config: text) { return value }
    let names = (Value.self as? any ConfigChoice.Type)?.names ?? []
    problems.note(
      "\(name): \(text.isEmpty ? "nothing" : "\"\(text)\"") is wrong; expected is \(Value.wanted)"
        + Suggestion.words(for: text, among: names),
      at: path + [Name(name)] + place)
    return nil
  }

  private static func subject(_ path: [any CodingKey]) -> String {
    path.last.map { $0.stringValue + ": " } ?? ""
  }
}
