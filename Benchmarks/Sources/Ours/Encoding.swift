import RESP

/// Words to the bytes of commands: a thousand SETs, one after the other.
enum Encoding {
  static func measure(milliseconds: Int) throws -> Figure {
    let commands = (0..<1_000).map { ["SET", "bench:\($0)", "sixteen bytes ok"] }
    var writer = RESPWriter()
    var written = 0
    func encode() {
      for words in commands { writer.write(words) }
      written += writer.count
      writer.removeAll()
    }
    _ = Figure.during(.milliseconds(milliseconds / 5), encode)
    let figure = Figure.during(.milliseconds(milliseconds), encode)
    // Said, so that nobody can leave the work out.
    guard written > 0 else { throw BadArguments() }
    return figure
  }
}
