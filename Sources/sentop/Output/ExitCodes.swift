import ArgumentParser

/// What a script learns from a command's end. 64 is the argument parser's own, for a command line
/// that it doesn't understand.
enum ExitCodes {
  /// Something failed, some Sentinels didn't do it, or the answer is no.
  static let failed = ExitCode(1)
  static let refused = ExitCode(4)
  static let aborted = ExitCode(5)
  static let unknownOutcome = ExitCode(6)
  static let timedOut = ExitCode(7)
}

/// An error in the words that stand on stderr, fit for a terminal: some may be a server's.
struct Trouble: Error, CustomStringConvertible {
  let description: String

  init(_ words: String) {
    description = words.split(separator: "\n", omittingEmptySubsequences: false)
      .map { String($0).printable }.joined(separator: "\n")
  }
}
