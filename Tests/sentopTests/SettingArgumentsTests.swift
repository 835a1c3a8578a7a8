import SentinelModel
import Testing

@testable import sentop

struct SettingArgumentsTests {
  @Test func `words are read in pairs, in their order`() throws {
    let options = try SettingArguments.options(
      ["quorum", "3", "down-after-milliseconds", "4000"], environment: [:])
    #expect(options == [.custom("quorum", "3"), .custom("down-after-milliseconds", "4000")])
  }

  @Test func `rename-command takes two values, and what follows is read on`() throws {
    let options = try SettingArguments.options(
      ["RENAME-COMMAND", "CONFIG", "guessme", "quorum", "2"], environment: [:])
    #expect(options == [.renameCommand("CONFIG", to: "guessme"), .custom("quorum", "2")])
  }

  @Test(arguments: [
    ["quorum"], ["quorum", "2", "failover-timeout"], ["rename-command", "CONFIG"],
  ])
  func `an option without its value is refused`(words: [String]) {
    #expect(throws: (any Error).self) { try SettingArguments.options(words, environment: [:]) }
  }

  @Test(arguments: ["auth-pass", "AUTH-PASS", "Auth-Pass"])
  func `a password is taken from the environment only, and never shown`(option: String) throws {
    let options = try SettingArguments.options(
      [option, "-"], environment: ["SENTOP_NODE_PASSWORD": "s3cret"])
    #expect(options == [.authPassword("s3cret")])
    #expect(Command.set("cache", options).publicWords.contains("s3cret") == false)
    // Even where it is right.
    let error = #expect(throws: (any Error).self) {
      try SettingArguments.options(
        [option, "s3cret"], environment: ["SENTOP_NODE_PASSWORD": "s3cret"])
    }
    #expect(error.map { "\($0)".contains("s3cret") } == false)
    #expect(throws: (any Error).self) {
      try SettingArguments.options([option, "-"], environment: [:])
    }
  }

  @Test func `an option that is named back shows its control characters as marks`() {
    let error = #expect(throws: (any Error).self) {
      try SettingArguments.options(["quo\u{1B}[31mrum"], environment: [:])
    }
    #expect(error.map { "\($0)".contains("\u{1B}") } == false)
  }
}
