import Canvas
import Testing
import Yams

@Suite struct ThemeDecodingTests {
  func complaint(_ yaml: String) -> String? {
    do {
      _ = try YAMLDecoder().decode(Theme.self, from: yaml)
      return nil
    } catch {
      return ThemeError(error)?.description
    }
  }

  @Test func `a theme is read with all that a look can have`() throws {
    let theme = try YAMLDecoder().decode(
      Theme.self,
      from: """
        name: mine
        roles:
          critical: { fg: "#ff0000", bg: 17, emphasis: [bold, underline] }
          healthy: { fg: green, emphasis: dim }
          dim: { fg: default }
          warning:
        """)
    #expect(theme.name == "mine")
    #expect(
      theme.look(for: Style(.critical))
        == Look(
          foreground: Color("#ff0000"), background: .indexed(17), emphasis: [.bold, .underline]))
    #expect(
      theme.look(for: Style(.healthy)) == Look(foreground: .indexed(2), emphasis: .dim))
    #expect(theme.look(for: Style(.dim)) == Look())
  }

  @Test(arguments: [
    ("name: x\nroles: { helthy: { fg: red } }", ["“helthy”", "did you mean", "healthy"]),
    ("name: x\nroles: { healthy: { fg: redd } }", ["fg of role “healthy”", "“redd”"]),
    ("name: x\nroles: { healthy: { fg: 256 } }", ["fg of role “healthy”", "“256”"]),
    ("name: x\nroles: { healthy: { fg: [1] } }", ["fg of role “healthy”"]),
    ("name: x\nroles:\n  healthy:\n    fg: #ff0000\n", ["fg of role “healthy”", "quotes"]),
    ("name: x\nroles: { healthy: { colour: red } }", ["“colour”", "“healthy”"]),
    ("name: x\nroles: { healthy: red }", ["“healthy”", "map"]),
    ("name: x\nroles: { healthy: { emphasis: loud } }", ["“healthy”", "“loud”", "bold"]),
    ("name: x\nroles: [1]", ["roles"]), ("roles: {}", ["“name”"]),
    ("name: x\nrolls: {}", ["“rolls”"]), ("name: [", [""]),
  ])
  func `an error names the role and what is wrong with it`(
    yaml: String, words: [String]
  ) throws {
    let problem = try #require(complaint(yaml))
    for word in words { #expect(problem.contains(word) || word.isEmpty, "\(problem)") }
    #expect(!problem.isEmpty)
  }

  @Test func `a theme that is written is read as the same theme`() throws {
    let theme = Theme(
      name: "x",
      looks: [
        .critical: Look(foreground: Color("#0102ff"), emphasis: [.bold, .italic]),
        .selection: Look(background: .indexed(200)), .text: Look(foreground: .indexed(3)),
      ])
    let yaml = try YAMLEncoder().encode(theme)
    #expect(try YAMLDecoder().decode(Theme.self, from: yaml) == theme)
  }
}
