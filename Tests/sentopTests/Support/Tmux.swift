import Foundation
import Subprocess
import Testing

@testable import SentinelLab

/// A real terminal with a program in it: a tmux server of a test's own, with one window.
///
/// A shell that waits for our end takes the server along, with all that runs in it.
struct Tmux: Sendable {
  let folder: Folder

  struct Failure: Error {
    var words: [String]
    var message: String
  }

  /// Lends a terminal; when the body is done, nothing that ran in it is left.
  static func open<Result>(_ body: (Tmux) async throws -> Result) async throws -> Result {
    let (words, continuation) = AsyncStream<String>.makeStream()
    let keeper = Keeper(script: Self.keeper, arguments: []) { sign in
      switch sign {
      case .said(let line): continuation.yield(line)
      case .ended: continuation.finish()
      case .started, .sent: break
      }
    }
    var lines = words.makeAsyncIterator()
    guard let path = await lines.next() else {
      keeper.letGo()
      throw Failure(words: ["mktemp"], message: "there is no temporary folder")
    }
    let tmux = Tmux(folder: Folder(path: path))
    do {
      let result = try await body(tmux)
      await tmux.close(keeper)
      return result
    } catch {
      await tmux.close(keeper)
      throw error
    }
  }

  /// Hangs up on all that runs there, and waits for its end: servers close in good order.
  private func close(_ keeper: Keeper) async {
    let server = (try? await tmux("display-message", "-p", "#{pid}")).flatMap { Int32($0) }
    let pids = server.map(Processes.descendants(of:)) ?? []
    _ = try? await tmux("kill-server")
    try? await eventually("all that ran in the terminal has ended") {
      !pids.contains(where: Processes.isAlive)
    }
    keeper.letGo()
    await keeper.ended()
  }

  private static let keeper = """
    umask 077
    trap '' HUP INT TERM PIPE
    folder=$(mktemp -d) || exit 1
    mkdir "$folder/tmp"
    echo "$folder"
    while read -r _; do :; done
    tmux -S "$folder/socket" kill-server 2>/dev/null
    for pause in 0.05 0.2 1 3; do
      rm -rf -- "$folder" 2>/dev/null && exit 0
      sleep "$pause"
    done
    """

  /// Runs a tmux command and gives what it prints.
  @discardableResult
  func tmux(_ words: String...) async throws -> String {
    let result = try await run(
      .name("tmux"), arguments: Arguments(["-u", "-S", "\(folder.path)/socket"] + words),
      environment: .inherit.updating([
        "TMUX": nil, "TMUX_TMPDIR": folder.path, "LC_ALL": "C.UTF-8", "SHELL": "/bin/sh",
      ]), input: .none, output: .string(limit: 1 << 20), error: .string(limit: 1 << 16))
    guard result.terminationStatus == .exited(0) else {
      throw Failure(words: words, message: result.standardError)
    }
    return result.standardOutput.trimmingCharacters(in: .newlines)
  }
}

// Starting, and how it ended.
extension Tmux {
  /// Starts sentop in a window of that size.
  func start(
    _ arguments: [String], columns: Int = 120, rows: Int = 36, environment: [String: String] = [:],
    redirection: String = ""
  ) async throws {
    try await start(
      program: [Processes.sentop] + arguments, columns: columns, rows: rows,
      environment: environment, redirection: redirection)
    try await eventually("it runs") { pid != nil }
  }

  /// Starts any program. The window stays when it ends, and shows what is typed.
  func start(
    program words: [String], columns: Int = 120, rows: Int = 36,
    environment: [String: String] = [:], redirection: String = ""
  ) async throws {
    let variables = Program.variables(
      ["TERM": "screen-256color", "TMPDIR": "\(folder.path)/tmp"].merging(environment) { $1 },
      home: folder.path)
    let assignments = variables.filter { !$0.value.isEmpty }.map { "\($0.key)=\($0.value)" }
    _ = try folder.file(
      "run.sh",
      """
      cd \(Self.quoted(folder.path))
      tmux wait-for go
      stty -g > before
      env -i \((assignments + Self.identified + words).map(Self.quoted).joined(separator: " ")) \
      \(redirection)
      echo $? > status.new
      stty -g > after
      mv status.new status
      exec cat -v
      """)
    try await tmux(
      "-f", "/dev/null", "start-server", ";", "set-option", "-g", "status", "off", ";",
      "set-option", "-g", "escape-time", "0", ";",
      "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)", "sh '\(folder.path)/run.sh'", ";",
      "pipe-pane", "-o", "cat > '\(folder.path)/raw'")
    try await tmux("wait-for", "-S", "go")
  }

  private static let identified = [
    "sh", "-c", "echo $$ > pid.new; mv pid.new pid; exec \"$0\" \"$@\"",
  ]

  static func quoted(_ word: String) -> String {
    "'" + word.replacingOccurrences(of: "'", with: "'\\''") + "'"
  }

  /// The program's process.
  var pid: Int32? { folder.text("pid").flatMap { Int32($0.trimmingCharacters(in: .newlines)) } }

  /// Sends the program a signal.
  func signal(_ number: Int32, sourceLocation: SourceLocation = #_sourceLocation) throws {
    kill(try #require(pid, sourceLocation: sourceLocation), number)
  }

  /// Waits for the program's end and gives its exit status, as a shell sees it.
  func ended(
    within limit: Duration = .seconds(30), sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> Int32 {
    try await eventually("it ends", within: limit, sourceLocation: sourceLocation) {
      folder.text("status").flatMap { Int32($0.trimmingCharacters(in: .newlines)) }
    }
  }

  /// What the terminal's driver does with keys, before the program and after it.
  var modes: (before: String?, after: String?) { (folder.text("before"), folder.text("after")) }

  /// Every byte that was written to the terminal.
  var raw: [UInt8] { Array(FileManager.default.contents(atPath: "\(folder.path)/raw") ?? Data()) }
}
