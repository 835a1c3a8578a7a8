internal import Canvas
internal import Curses

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

// A program that owns the terminal, for the tests to see it do what the shipped one never should:
// each key is one way to talk over the screen, to end, or to ask something of the terminal.

struct Unlucky: Error, CustomStringConvertible {
  let description: String
}

func say(_ text: String) {
  let bytes = Array((text + "\n").utf8)
  _ = write(STDERR_FILENO, bytes, bytes.count)
}

func screen(_ text: String, _ size: Size) -> Grid {
  var grid = Grid(size)
  grid.put(text, at: .origin)
  grid.put("the last line", at: Position(column: 0, row: size.rows - 1))
  return grid
}

var environment: [String: String] = [:]
for name in ["TERM", "COLORTERM", "TMUX", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
  if let value = getenv(name) { environment[name] = String(cString: value) }
}
var ticks = 0
do {
  let options = Terminal.Options(environment: environment)
  let (inputs, continuation) = AsyncStream<Terminal.Input>.makeStream()
  let hears: @Sendable (Terminal.Input) -> Void = { continuation.yield($0) }
  try await Terminal.open(options, hears: hears) { terminal in
    let size = await terminal.size
    await terminal.draw(screen("depth \(terminal.depth.rawValue)", size))
    for await input in inputs {
      if input == .gone { return }
      guard case .key(let key) = input else { continue }
      switch key {
      case .character("w"):
        say("a word on standard error")
        await terminal.draw(screen("a word was said", size))
      case .character("v"): say(String(repeating: "much ", count: 40_000) + "and the end")
      case .character("t"):
        await terminal.setTitle("one \u{1B}]2;two\u{7}")
        await terminal.draw(screen("the title is set", size))
      case .character("n"):
        await terminal.notify("4;99 failover\u{1B}\\ of cache")
        await terminal.draw(screen("notified", size))
      case .character("r"):
        await terminal.ring()
        await terminal.draw(screen("rung", size))
      case .character("c"):
        let outcome = await terminal.copy("127.0.0.1:6379")
        await terminal.draw(screen("\(outcome)", size))
      case .character("C"):
        let outcome = await terminal.copy(String(repeating: "x", count: 80_000))
        await terminal.draw(screen("\(outcome)", size))
      case .character("m"):
        await terminal.setMouse(true)
        await terminal.draw(screen("mouse on", size))
      case .character("M"):
        await terminal.setMouse(false)
        await terminal.draw(screen("mouse off", size))
      case .mouse(let event, let position):
        await terminal.draw(screen("\(event) at \(position.column),\(position.row)", size))
      case .character("d"):
        ticks += 1
        await terminal.draw(screen("tick \(ticks)", size))
      case .character("i"):
        let numbers = [1, 2, 3]
        print(numbers[Int(getpid())])
      case .character("a"): abort()
      case .character("x"): exit(3)
      case .character("e"): throw Unlucky(description: "out of luck")
      case .character("q"): return
      default: await terminal.draw(screen("some other key", size))
      }
    }
  }
} catch {
  say("it was: \(error)")
  exit(1)
}
