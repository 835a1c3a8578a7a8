import Testing

@testable import sentop

struct SuggestionTests {
  @Test(arguments: [
    ("failovr", "failover"), ("faliover", "failover"), ("RESET", "reset"), ("rest", "reset"),
    ("zzz", nil), ("", nil), (String(repeating: "a", count: 100), nil),
  ])
  func `a slip of the finger is understood, and no more`(typed: String, meant: String?) {
    #expect(Suggestion.nearest(to: typed, among: ["failover", "reset"]) == meant)
  }

  @Test func `names are listed as one says them`() {
    #expect(Suggestion.list([]) == "")
    #expect(Suggestion.list(["a"]) == "a")
    #expect(Suggestion.list(["a", "b", "c"]) == "a, b or c")
  }
}
