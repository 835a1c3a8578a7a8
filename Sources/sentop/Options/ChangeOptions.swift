import ArgumentParser
import SentinelInsight
import SentinelModel

/// Whether to ask before a change, and whether to make it at all.
struct ChangeOptions: ParsableArguments {
  @Flag(name: [.short, .long], help: "Don't ask, do it.")
  var yes = false

  @Flag(help: "Say what would be done, and do nothing.")
  var dryRun = false

  /// Says what will happen and asks; throws where the answer is no, or nothing else is possible.
  func confirm(_ preflight: Preflight, _ question: String) throws {
    for line in preflight.consequences { Console.say(line.printable) }
    for line in preflight.warnings { Console.say("Warning: \(line.printable)") }
    try decide(preflight)
    guard !yes else { return }
    guard Console.canAsk else {
      throw ValidationError(
        "this changes the deployment: --yes is needed where nobody can be asked")
    }
    guard Console.confirms(question.printable) else {
      Console.say("Nothing was changed.")
      throw ExitCodes.refused
    }
  }

  /// Ends a dry run, and what can't be done.
  func decide(_ preflight: Preflight) throws {
    for line in preflight.obstacles { Console.say("Refused: \(line.printable)") }
    guard preflight.verdict != .no else { throw ExitCodes.refused }
    guard dryRun else { return }
    let who = preflight.facts.sentinels.map(\.description).joined(separator: ", ")
    Console.say(
      "Would send to \(who): \(preflight.command.publicWords.joined(separator: " ").printable)")
    throw ExitCode.success
  }
}
