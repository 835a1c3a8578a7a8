import Testing

@testable import sentop

struct TroubleTests {
  @Test func `a server's control characters become marks, and lines stay lines`() {
    let trouble = Trouble("no Sentinel answers\n  a:1 – ERR \u{1B}[2J\u{7F}\n  b:2 – closed\n")
    #expect(
      trouble.description.unicodeScalars.allSatisfy {
        $0 == "\n" || $0.properties.generalCategory != .control
      })
    #expect(trouble.description.hasPrefix("no Sentinel answers\n  a:1 – ERR ␛[2J"))
    #expect(trouble.description.hasSuffix("\n  b:2 – closed\n"))
  }
}
