import Canvas
import Foundation

/// The way to standard output and standard error: data there, messages here.
enum Console {
  /// Whether a person looks at standard output.
  static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
  /// Whether a person can answer.
  static var canAsk: Bool { isatty(STDIN_FILENO) == 1 }

  /// Writes a line of data. A reader that has gone ends the program, as it does for other tools.
  static func print(_ line: String) {
    write(line + "\n", to: STDOUT_FILENO)
  }

  /// Writes a message for a person.
  static func say(_ line: String) {
    write(line + "\n", to: STDERR_FILENO)
  }

  /// Asks a question that is answered by yes or no; anything else is no.
  static func confirms(_ question: String) -> Bool {
    let answer = answer(to: question + " [y/N]")?.lowercased()
    return answer == "y" || answer == "yes"
  }

  /// Asks a question, and gives the line that is typed; nil at the end of the input.
  static func answer(to question: String) -> String? {
    write(question + " ", to: STDERR_FILENO)
    return readLine()
  }

  private static func write(_ text: String, to descriptor: Int32) {
    var text = text
    text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let count = Foundation.write(descriptor, rest.baseAddress, rest.count)
        if count < 0 {
          if errno == EINTR { continue }
          if errno == EPIPE {
            // NIO has the signal ignored that ends other tools here.
            signal(SIGPIPE, SIG_DFL)
            raise(SIGPIPE)
          }
          return
        }
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
    }
  }
}

extension String {
  /// The text fit for a terminal: what a server put in to move the cursor is shown as marks.
  var printable: String {
    Glyphs(self).reduce(into: "") { $0 += $1.text }
  }
}
