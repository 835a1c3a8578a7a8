import Canvas
import Testing
import Themes

@testable import sentop

struct ThemeFilesTests {
  /// What stands on stderr where the theme can't be had.
  private func trouble(_ name: String, _ environment: [String: String] = [:]) -> String {
    let error = #expect(throws: Trouble.self) {
      try ThemeFiles.load(name, environment: environment)
    }
    return error?.description ?? ""
  }

  @Test(arguments: ShippedThemes.names)
  func `shipped themes are there without any file`(name: String) throws {
    let theme = try ThemeFiles.load(name, environment: ["HOME": "/nonexistent"])
    #expect(theme.name == name)
  }

  @Test func `the user's own theme comes before a shipped one of that name`() async throws {
    try await Folder.open { home in
      let folder = "\(home.path)/sentop/themes"
      try home.make("sentop/themes")
      _ = try home.file("sentop/themes/dark.yaml", "name: mine\nroles: {}\n")
      #expect(ThemeFiles.folder(["XDG_CONFIG_HOME": home.path]) == folder)
      let theme = try ThemeFiles.load("dark", environment: ["XDG_CONFIG_HOME": home.path])
      #expect(theme.name == "mine")
    }
  }

  @Test func `the user's own themes are named among the shipped ones`() async throws {
    try await Folder.open { home in
      try home.make("sentop/themes")
      for name in ["dark.yaml", "own.yaml", "notes.txt", ".yaml"] {
        _ = try home.file("sentop/themes/\(name)", "name: x\n")
      }
      let names = ThemeFiles.names(environment: ["XDG_CONFIG_HOME": home.path])
      #expect(names == (ShippedThemes.names + ["own"]).sorted())
      #expect(ThemeFiles.names(environment: ["HOME": "/nonexistent"]) == ShippedThemes.names)
    }
  }

  @Test func `without XDG_CONFIG_HOME, or with an empty one, it is looked for under HOME`() {
    #expect(ThemeFiles.folder(["HOME": "/home/a"]) == "/home/a/.config/sentop/themes")
    #expect(
      ThemeFiles.folder(["HOME": "/home/a", "XDG_CONFIG_HOME": ""])
        == "/home/a/.config/sentop/themes")
  }

  @Test func `a name that is none is answered with the names that are`() {
    let words = trouble("dusk\u{1B}[31m")
    #expect(words.contains("dusk"))
    #expect(words.contains("ansi, dark, deuteranopia, dracula"))
    #expect(!words.contains("\u{1B}"))
  }

  @Test func `a file that isn't there is named`() {
    #expect(trouble("/nonexistent/mine.yaml").contains("/nonexistent/mine.yaml"))
    #expect(trouble("mine.yml").contains("mine.yml"))
  }

  @Test(arguments: [
    ("name: a\nroles:\n  text: {fg: nocolour}\n", "mine.yaml:3:10: fg of role “text”"),
    ("name: a\nroles:\n  texxt: {fg: red}\n", "mine.yaml:3:3: unknown role “texxt”"),
    ("name: a\nroles:\n  text:\n    colour: red\n", "mine.yaml:4:5: unknown key “colour”"),
    ("name: a\nroles:\n  text: {emphasis: [bold, loud]}\n", "mine.yaml:3:10: emphasis"),
    ("title: a\n", "mine.yaml:1:1: unknown key “title”"), ("name: a\nroles: [\n", "line"),
    ("", "mine.yaml"),
  ])
  func `a theme that can't be read says where and why`(text: String, expected: String) async throws
  {
    try await Folder.open { folder in
      let words = trouble(try folder.file("mine.yaml", text))
      #expect(words.contains("mine.yaml"))
      #expect(words.contains(expected), "it says: \(words)")
    }
  }
}
