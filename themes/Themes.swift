/// The themes that come with the program, as the YAML files of this folder have them.
package enum ShippedThemes {
  /// Each theme's name and its file's text.
  package static let all: [String: String] = files.mapValues { String(decoding: $0, as: UTF8.self) }

  /// The text of the theme of that name.
  package static func yaml(named name: String) -> String? { all[name] }

  package static let names = files.keys.sorted()

  private static let files: [String: [UInt8]] = [
    "ansi": PackageResources.ansi_yaml,
    "dark": PackageResources.dark_yaml,
    "deuteranopia": PackageResources.deuteranopia_yaml,
    "dracula": PackageResources.dracula_yaml,
    "gruvbox": PackageResources.gruvbox_yaml,
    "high-contrast": PackageResources.high_contrast_yaml,
    "light": PackageResources.light_yaml,
    "mono": PackageResources.mono_yaml,
    "nord": PackageResources.nord_yaml,
    "solarized-dark": PackageResources.solarized_dark_yaml,
    "solarized-light": PackageResources.solarized_light_yaml,
    "tritanopia": PackageResources.tritanopia_yaml,
  ]
}
