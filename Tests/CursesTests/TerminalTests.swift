import Canvas
import Curses
import Testing

@Suite struct TerminalTests {
  @Test func `an error says what to do`() {
    #expect(TerminalError.notATerminal("standard output").description.contains("standard output"))
    #expect(TerminalError.unknownType("").description.contains("TERM is not set"))
    #expect(TerminalError.unknownType("foo").description.contains("“foo”"))
    #expect(TerminalError.cannotShow("dumb").description.contains("sentop status"))
  }

  @Test func `giving back what was never taken does nothing`() {
    Terminal.restore()
  }
}
