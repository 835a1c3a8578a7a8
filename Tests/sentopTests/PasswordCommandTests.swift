import Testing

@testable import sentop

struct PasswordCommandTests {
  private func trouble(
    _ words: String..., patience: Duration = .seconds(60)
  ) async -> String {
    await #expect(throws: Trouble.self) {
      try await PasswordCommand(words, patience: patience).password()
    }?.description ?? ""
  }

  @Test func `the first line is the password, and no shell has a part in it`() async throws {
    #expect(try await PasswordCommand(["printf", "a b\\nc\\n"]).password() == "a b")
    #expect(try await PasswordCommand(["echo", "$HOME; ls *"]).password() == "$HOME; ls *")
  }

  @Test func `what goes wrong is told without the words, which may be secret`() async {
    #expect(await trouble("sh", "-c", "exit 3 # hunter2").contains("sh failed"))
    #expect(await trouble("true", "hunter2").contains("true printed nothing"))
    #expect(await trouble("/nonexistent/program", "hunter2").contains("/nonexistent/program"))
    #expect(await trouble("sleep", "60", patience: .milliseconds(50)).contains("took longer"))
    for words in [
      await trouble("sh", "-c", "exit 3 # hunter2"), await trouble("true", "hunter2"),
      await trouble("/nonexistent/program", "hunter2"),
    ] {
      #expect(!words.contains("hunter2"), "\(words)")
    }
  }
}
