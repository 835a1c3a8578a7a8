import Canvas
import Testing
import Themes
import Yams

extension Theme {
  /// The theme of that name that comes with the program.
  static func shipped(_ name: String) throws -> Theme {
    let yaml = try #require(ShippedThemes.yaml(named: name))
    return try YAMLDecoder().decode(Theme.self, from: yaml)
  }
}

extension ColorDepth {
  static let all: [ColorDepth] = [.none, .eight, .sixteen, .indexed, .direct]
}
