/// A file to be written: what is in it, and how it is called.
package struct Export: Hashable, Sendable {
  /// What it is of, in a file's name: `masters`, `screen`.
  package var subject: String
  package var form: Form

  /// How it is written down.
  package enum Form: String, Hashable, Sendable, CaseIterable {
    case csv, json, markdown, text, ansi, svg

    package var fileExtension: String {
      switch self {
      case .csv, .json, .svg: rawValue
      case .markdown: "md"
      case .text: "txt"
      case .ansi: "ansi"
      }
    }

    /// Whether it holds what stands on the screen and not a table.
    package var isOfScreen: Bool {
      switch self {
      case .text, .ansi, .svg: true
      case .csv, .json, .markdown: false
      }
    }
  }
}
