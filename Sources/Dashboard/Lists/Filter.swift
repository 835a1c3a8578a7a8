/// Which rows of a list are shown: terms that must all hold.
///
/// `6379` is text anywhere in the row, `/6[34]79/` a regular expression, `state:sdown` text in one
/// field, `lag>5s` a number, and `!` before any of them turns it round.
package struct Filter: Hashable, Sendable {
  /// As it was typed.
  package let text: String
  let terms: [Term]

  /// One condition.
  struct Term: Hashable, Sendable {
    var field: String?
    var test: Test
    var isInverse: Bool
  }

  enum Test: Hashable, Sendable {
    case contains(String)
    case matches(String)
    case isLess(Double), isMore(Double), isLessOrEqual(Double), isMoreOrEqual(Double)
    case isNumber(Double)
  }

  /// Why a text is no filter.
  package struct Mistake: Error, Hashable, CustomStringConvertible {
    package let description: String
  }

  /// Reads a filter for rows with those fields; nil where the text is empty.
  package init?(_ text: String, fields: [String]) throws(Mistake) {
    var terms: [Term] = []
    for word in Self.words(of: text) { terms.append(try Term(word, fields: fields)) }
    guard !terms.isEmpty else { return nil }
    self.text = text
    self.terms = terms
  }

  /// Cuts at spaces, but not inside of quotes or between slashes.
  private static func words(of text: String) -> [String] {
    var words: [String] = []
    var word = ""
    var closing: Character?
    for character in text {
      if let end = closing {
        word.append(character)
        if character == end, !word.hasSuffix("\\/") { closing = nil }
      } else if character == " " {
        if !word.isEmpty { words.append(word) }
        word = ""
      } else {
        // A slash opens an expression only where a value begins.
        if character == "\"" || character == "/" && (word.last.map { "!:=".contains($0) } ?? true) {
          closing = character
        }
        word.append(character)
      }
    }
    if !word.isEmpty { words.append(word) }
    return words
  }
}

extension Filter.Term {
  fileprivate init(_ word: String, fields: [String]) throws(Filter.Mistake) {
    isInverse = word.hasPrefix("!") && word.count > 1
    let body = isInverse ? word.dropFirst() : word[...]
    let name = body.prefix { $0.isLetter || $0 == "-" || $0 == "_" }
    let rest = body.dropFirst(name.count)
    let sign = rest.prefix { ":=<>".contains($0) }
    guard !name.isEmpty, !sign.isEmpty else {
      field = nil
      test = try Self.textTest(body)
      return
    }
    let wanted = name.lowercased()
    guard let field = fields.first(where: { $0 == wanted }) ?? Self.only(fields, wanted) else {
      throw Filter.Mistake(
        description: "there is no field \(name) here; there are \(fields.joined(separator: ", "))")
    }
    self.field = field
    let value = rest.dropFirst(sign.count)
    switch sign {
    case ":": test = try Self.textTest(value)
    case "=":
      if let number = Quantity.number(value) {
        test = .isNumber(number)
      } else {
        test = try Self.textTest(value)
      }
    case "<": test = .isLess(try Self.number(value, after: field + sign))
    case ">": test = .isMore(try Self.number(value, after: field + sign))
    case "<=": test = .isLessOrEqual(try Self.number(value, after: field + sign))
    case ">=": test = .isMoreOrEqual(try Self.number(value, after: field + sign))
    default: throw Filter.Mistake(description: "\(sign) is no comparison; there are : = < > <= >=")
    }
  }

  /// The one field that begins like that.
  private static func only(_ fields: [String], _ beginning: String) -> String? {
    let found = fields.filter { $0.hasPrefix(beginning) }
    return found.count == 1 ? found.first : nil
  }

  private static func textTest(_ text: Substring) throws(Filter.Mistake) -> Filter.Test {
    if text.count > 1, text.hasPrefix("/") {
      let pattern = String(
        text.hasSuffix("/") && text.count > 2 ? text.dropFirst().dropLast() : text.dropFirst())
      do {
        _ = try Regex(pattern)
      } catch {
        throw Filter.Mistake(description: "/\(pattern)/ is no regular expression")
      }
      return .matches(pattern)
    }
    let isQuoted = text.count > 1 && text.hasPrefix("\"") && text.hasSuffix("\"")
    return .contains(String(isQuoted ? text.dropFirst().dropLast() : text).lowercased())
  }

  private static func number(
    _ text: Substring, after what: String
  ) throws(Filter.Mistake) -> Double {
    guard let number = Quantity.number(text) else {
      throw Filter.Mistake(
        description: "\(what) wants a number, such as 5, 200ms, 5s, 2m, 10k or 1M")
    }
    return number
  }
}

/// A number with a unit, as a person types it.
enum Quantity {
  private static let units: [(String, Double)] = [
    ("", 1), ("ms", 0.001), ("s", 1), ("m", 60), ("h", 3_600), ("d", 86_400), ("k", 1e3),
    ("K", 1e3), ("M", 1e6), ("G", 1e9), ("T", 1e12), ("B", 1), ("kB", 1e3), ("MB", 1e6),
    ("GB", 1e9),
  ]

  /// In seconds, bytes or pieces; nil where it is none.
  static func number(_ text: Substring) -> Double? {
    let digits = text.prefix { $0.isNumber || $0 == "." }
    guard let value = Double(digits),
      let unit = units.first(where: { $0.0 == text.dropFirst(digits.count) })
    else { return nil }
    return value * unit.1
  }
}
