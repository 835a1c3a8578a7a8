internal import CNcurses
package import Canvas

/// Which of the descriptions that ncurses has is used for a terminal.
package struct TerminalDescription: Hashable, Sendable {
  /// Its name: that of `TERM`, or of one with 24-bit colours that is the same otherwise.
  package let name: String
  package let colors: Int
  package let isDirect: Bool

  /// What a description says; `nil` if there is none of that name, or none that can place text.
  private static func find(_ name: String) -> TerminalDescription? {
    let found = curses_describe(name)
    guard found.is_known, found.places_cursor else { return nil }
    return TerminalDescription(
      name: name, colors: Int(found.colors), isDirect: found.is_direct)
  }

  /// The description of `TERM`; where `COLORTERM` says that the terminal takes 24-bit colours and
  /// that one doesn't, its sibling that does, if it is installed and so many are wanted. Touches no
  /// terminal.
  package static func choose(
    _ environment: [String: String], atMost limit: ColorDepth? = nil
  ) throws(TerminalError) -> TerminalDescription {
    let name = environment["TERM"] ?? ""
    guard !name.isEmpty else { throw .unknownType("") }
    guard let own = find(name) else {
      throw curses_describe(name).is_known ? .cannotShow(name) : .unknownType(name)
    }
    guard !own.isDirect, claimsDirect(environment), limit.map({ $0 == .direct }) ?? true else {
      return own
    }
    return siblings(of: name).lazy.compactMap(find).first { $0.isDirect } ?? own
  }

  /// Whether the terminal says that it takes 24-bit colours.
  package static func claimsDirect(_ environment: [String: String]) -> Bool {
    ["truecolor", "24bit"].contains(environment["COLORTERM"] ?? "")
  }

  /// How descriptions with 24-bit colours are called. The first keeps the terminal's own palette of
  /// 256 beside them.
  static func siblings(of name: String) -> [String] {
    let suffix = "-256color"
    let base = name.hasSuffix(suffix) ? String(name.dropLast(suffix.count)) : name
    return ["\(base)-direct256", "\(base)-direct"]
  }

  /// How many colours a screen gets.
  package func depth(_ environment: [String: String], atMost limit: ColorDepth?) -> ColorDepth {
    // What is said by hand counts more than the environment.
    let most = ColorDepth.detect(
      colors: colors, isDirect: isDirect, environment: limit == nil ? environment : [:])
    return min(limit ?? most, most)
  }
}
