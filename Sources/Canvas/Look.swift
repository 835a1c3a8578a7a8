/// How something looks: colours and emphasis. No colour means the one beneath, at last the
/// terminal's own.
package struct Look: Hashable, Sendable {
  /// Ways to stress text without colour.
  package struct Emphasis: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
      self.rawValue = rawValue
    }

    package static let bold = Emphasis(rawValue: 1)
    package static let dim = Emphasis(rawValue: 2)
    package static let underline = Emphasis(rawValue: 4)
    package static let reverse = Emphasis(rawValue: 8)
    package static let italic = Emphasis(rawValue: 16)
  }

  package var foreground: Color?
  package var background: Color?
  package var emphasis: Emphasis

  package init(
    foreground: Color? = nil, background: Color? = nil, emphasis: Emphasis = []
  ) {
    self.foreground = foreground
    self.background = background
    self.emphasis = emphasis
  }
}

extension Look.Emphasis {
  static let all: [(name: String, value: Look.Emphasis)] = [
    ("bold", .bold), ("dim", .dim), ("underline", .underline), ("reverse", .reverse),
    ("italic", .italic),
  ]

  init?(_ name: String) {
    guard let known = Self.all.first(where: { $0.name == name }) else { return nil }
    self = known.value
  }

  var names: [String] { Self.all.filter { contains($0.value) }.map(\.name) }
}
