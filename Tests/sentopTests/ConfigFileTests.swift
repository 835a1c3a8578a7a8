import Foundation
import Testing

@testable import sentop

struct ConfigFileTests {
  private func file(_ path: String) -> ConfigFile { ConfigFile(named: path, environment: [:]) }

  private func trouble(_ path: String) -> String {
    #expect(throws: Trouble.self) { try file(path).read() }?.description ?? ""
  }

  @Test func `it lies where the option, the environment or XDG says`() {
    let environment = ["HOME": "/h", "XDG_CONFIG_HOME": "/x", "SENTOP_CONFIG": "~/c.yaml"]
    #expect(ConfigFile(named: "/a.yaml", environment: environment).path == "/a.yaml")
    #expect(ConfigFile(environment: environment).path == "/h/c.yaml")
    #expect(ConfigFile(environment: environment).isNamed)
    let xdg = ConfigFile(environment: ["HOME": "/h", "XDG_CONFIG_HOME": "/x", "SENTOP_CONFIG": ""])
    #expect(xdg.path == "/x/sentop/config.yaml" && !xdg.isNamed)
    #expect(ConfigFile(environment: ["HOME": "/h"]).path == "/h/.config/sentop/config.yaml")
  }

  @Test func `files that it names lie beside it, or at home`() {
    let file = file("/x/sentop/config.yaml")
    #expect(file.resolve("ca.crt", ["HOME": "/h"]) == "/x/sentop/ca.crt")
    #expect(file.resolve("/ca.crt", ["HOME": "/h"]) == "/ca.crt")
    #expect(file.resolve("~/ca.crt", ["HOME": "/h"]) == "/h/ca.crt")
  }

  @Test func `one that isn't there is empty, unless it was named`() throws {
    let usual = try ConfigFile(environment: ["HOME": "/nonexistent"]).read()
    #expect(usual.text == nil && usual.config == Config())
    #expect(trouble("/nonexistent/c.yaml").contains("/nonexistent/c.yaml can't be read: No such"))
  }

  @Test func `one that everybody can write to isn't used`() async throws {
    try await Folder.open { folder in
      let path = try folder.file("c.yaml", "defaults: {theme: light}\n")
      #expect(chmod(path, 0o646) == 0)
      #expect(trouble(path).contains("chmod go-w \(path)"))
      #expect(chmod(path, 0o664) == 0)
      #expect(try file(path).read().warnings.first?.contains("its group") == true)
      #expect(chmod(path, 0o644) == 0)
      let contents = try file(path).read()
      #expect(contents.warnings == [] && contents.config.defaults.theme == "light")
    }
  }

  @Test func `a folder, bytes that are no text, and too much of it are told`() async throws {
    try await Folder.open { folder in
      #expect(trouble(folder.path).contains("can't be read"))
      let path = "\(folder.path)/c.yaml"
      try Data([0xFF, 0xFE, 0x61]).write(to: URL(filePath: path))
      #expect(trouble(path).contains("UTF-8"))
      try Data(repeating: 0x0A, count: ConfigText.mostBytes + 1).write(to: URL(filePath: path))
      #expect(trouble(path).contains("larger than 1 MB"))
    }
  }

  @Test func `lines may end as on other systems`() async throws {
    try await Folder.open { folder in
      let path = try folder.file("c.yaml", "defaults:\r\n  theme: light\r\n  interval: x\r\n")
      let contents = try file(path).read()
      #expect(contents.config.defaults.theme == "light")
      #expect(contents.problems.first?.mark == ConfigMark(line: 3, column: 13))
    }
  }
}
