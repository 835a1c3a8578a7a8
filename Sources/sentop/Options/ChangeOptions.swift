import ArgumentParser
import SentinelInsight
import SentinelModel

/// Whether to ask before a change, and whether to make it at all.
struct ChangeOptions: ParsableArguments {
  @Flag(name: [.short, .long], help: "Don't ask, do it.")
  var yes = false

  @Option(
    help: ArgumentHelp(
      "Answer the question by the service's name; a protected profile takes nothing less.",
      valueName: "name"))
  var confirm: String?

  @Flag(help: "Say what would be done, and do nothing.")
  var dryRun = false

  /// Says what will happen and asks; throws where the answer is no, or nothing else is possible.
  func confirm(_ preflight: Preflight, _ question: String, _ preferences: Preferences) throws {
    for line in preflight.consequences { Console.say(line.printable) }
    for line in preflight.changeLines { Console.say(line.printable) }
    for line in preflight.warnings { Console.say("Warning: \(line.printable)") }
    try decide(preflight)
    if let reason = preferences.readOnlyBecause {
      Console.say("Refused: \(reason.printable) is read-only.")
      throw ExitCodes.refused
    }
    // What is about no single service goes by the profile's name.
    let name =
      preflight.facts.service?.rawValue ?? preflight.command.service?.rawValue
      ?? preferences.profileName ?? ""
    if let confirm {
      guard confirm == name else {
        Console.say(
          "Refused: --confirm says \"\(confirm.printable)\", and this is about \(name.printable).")
        throw ExitCodes.refused
      }
    } else if preferences.isProtected {
      try askForName(name, question, preferences)
    } else if !yes {
      try ask(question)
    }
  }

  private func ask(_ question: String) throws {
    guard Console.canAsk else {
      throw ValidationError(
        "this changes the deployment: --yes is needed where nobody can be asked")
    }
    guard Console.confirms(question.printable) else {
      Console.say("Nothing was changed.")
      throw ExitCodes.refused
    }
  }

  private func askForName(_ name: String, _ question: String, _ preferences: Preferences) throws {
    let profile = (preferences.profileName ?? "").printable
    guard Console.canAsk else {
      throw ValidationError(
        "profile \(profile) is protected: --confirm \(name.printable) is needed where nobody can "
          + "be asked" + (yes ? "; --yes is not enough" : ""))
    }
    guard
      Console.answer(
        to:
          "\(question.printable) Profile \(profile) is protected: type \(name.printable) to go on:")
        == name
    else {
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

extension Preflight {
  /// What becomes of each setting at each Sentinel.
  fileprivate var changeLines: [String] {
    changes.map { change in
      func words(_ value: String) -> String { value.isEmpty ? "none" : value }
      let what =
        change.isAlreadySo
        ? "already \(words(change.new))"
        : change.old.map { "\(words($0)) -> \(words(change.new))" } ?? "set to \(words(change.new))"
      return "\(change.sentinel): \(change.option) \(what)"
    }
  }
}
