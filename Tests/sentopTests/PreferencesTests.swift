import ArgumentParser
import Dashboard
import RedisSentinel
import SentinelModel
import Testing

@testable import sentop

/// Who has the last word: the command line, the environment, the profile, the defaults.
struct PreferencesTests {
  private let text = """
    defaults: {theme: light, interval: 3s, read_only: true}
    profiles:
      lab:
        seeds: [lab1, lab2:1]
        user: me
        password_env: LAB_SECRET
        theme: mono
        read_only: false
        node: {password_env: NODE_SECRET}
        address_map: {lab1: 127.0.0.1}
      tls:
        seeds: [t]
        tls: {insecure: true, sni: s}
    """

  private func settings(
    _ profile: String? = nil, _ environment: [String: String] = [:]
  ) throws -> Preferences {
    let (config, problems) = ConfigText.read(text)
    try #require(problems.isEmpty)
    return try Preferences(
      ConfigFile(named: "/c/config.yaml", environment: [:]), config, profile: profile,
      environment: environment)
  }

  private func connection(
    _ arguments: [String] = [], profile: String? = nil, _ environment: [String: String] = [:]
  ) async throws -> Connection {
    try await ConnectionOptions.parse(arguments).resolve(
      try settings(profile, environment), environment: environment)
  }

  private let secrets = ["LAB_SECRET": "s", "NODE_SECRET": "n"]

  @Test func `a profile gives seeds, user, passwords, and its name`() async throws {
    let connection = try await connection(profile: "lab", secrets)
    #expect(connection.seeds.map(\.description) == ["lab1:26379", "lab2:1"])
    #expect(
      connection.configuration.authentication == Authentication(username: "me", password: "s"))
    #expect(connection.nodes?.authentication == Authentication(username: nil, password: "n"))
    #expect(connection.name == "lab")
    let announced = NodeAddress(host: "lab1", port: 7)
    #expect(connection.configuration.addressTable.reachable(announced).host == "127.0.0.1")
    #expect(connection.nodes?.addressTable == connection.configuration.addressTable)
  }

  @Test func `the command line comes before everything`() async throws {
    let connection = try await connection(
      ["-s", "x", "--user", "you"], profile: "lab",
      secrets.merging(["SENTOP_SEEDS": "e"]) { old, _ in old })
    #expect(connection.seeds.map(\.host) == ["x"])
    #expect(connection.configuration.authentication?.username == "you")
  }

  @Test func `the environment comes before a profile that the environment chose`() async throws {
    let connection = try await connection(
      [],
      [
        "SENTOP_PROFILE": "lab", "SENTOP_SEEDS": "e", "SENTOP_PASSWORD": "p", "NODE_SECRET": "n",
      ])
    #expect(connection.seeds.map(\.host) == ["e"])
    #expect(
      connection.configuration.authentication == Authentication(username: "me", password: "p"))
  }

  @Test func `but not before one that the command line names`() async throws {
    let connection = try await connection(
      profile: "lab",
      secrets.merging(["SENTOP_SEEDS": "e", "SENTOP_PASSWORD": "p"]) { old, _ in old })
    #expect(connection.seeds.map(\.host) == ["lab1", "lab2"])
    #expect(
      connection.configuration.authentication == Authentication(username: "me", password: "s"))
  }

  @Test func `without any word it is this machine`() async throws {
    let connection = try await connection()
    #expect(connection.seeds.map(\.description) == ["127.0.0.1:26379"])
    #expect(connection.configuration.authentication == nil)
    #expect(connection.name == "127.0.0.1:26379")
  }

  @Test func `TLS of a profile is taken, and completed by options`() async throws {
    let settings = try await connection(["--sni", "mine"], profile: "tls").configuration.tls
    guard case .enabled(let tls) = settings else {
      Issue.record("no TLS")
      return
    }
    #expect(tls.verification == .none && tls.serverName == "mine")
    // The data nodes' is apart.
    #expect(try await connection(profile: "tls").nodes?.tls == .disabled)
  }

  @Test func `a password that isn't where the profile says is missed by name`() async throws {
    let error = await #expect(throws: Trouble.self) { try await connection(profile: "lab") }
    #expect(error?.description.contains("LAB_SECRET, which isn't set") == true)
  }

  @Test func `a profile that isn't there is told with those that are`() {
    let error = #expect(throws: Trouble.self) { try settings("lap") }
    #expect(error?.description.contains("did you mean lab?; there is lab, tls") == true)
    #expect(throws: Trouble.self) { try settings(nil, ["SENTOP_PROFILE": "gone"]) }
    #expect(throws: Never.self) { try settings(nil, ["SENTOP_PROFILE": ""]) }
  }

  @Test func `the screen takes option, profile, default, in this order`() throws {
    func screen(_ arguments: [String], _ profile: String?) throws -> ScreenSettings {
      ScreenSettings(try ScreenOptions.parse(arguments), try settings(profile))
    }
    #expect(try screen(["--theme", "dark"], "lab").theme == "dark")
    #expect(try screen([], "lab").theme == "mono")
    #expect(try screen([], "tls").theme == "light")
    #expect(try screen([], "lab").interval == .seconds(3))
    #expect(try screen(["--interval", "5s"], "lab").interval == .seconds(5))
    #expect(try screen([], "lab").access == .unlocked)
    #expect(try screen([], "tls").access == .readOnly(because: "the config"))
    #expect(try screen(["--read-only"], "lab").access == .readOnly(because: "--read-only"))
    #expect(try screen(["--no-mouse"], "lab").usesMouse == false)
    #expect(try screen(["--ascii"], "lab").isASCII)
  }
}
