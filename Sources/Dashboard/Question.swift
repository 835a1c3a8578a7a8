package import Canvas
package import SentinelInsight
package import SentinelModel

/// A question that stands open, with the facts it rests on. Cancel is the default answer.
package struct Question: Hashable, Sendable {
  package let request: Request
  /// The word that has to be typed where changes are protected: the service's name, or the deployment's
  /// where all services are meant.
  package let word: String
  package private(set) var preflight: Preflight
  /// Which button Enter would press.
  package var choice = Choice.cancel
  /// Since when it can be read in its present form; nil before it was drawn.
  package private(set) var shownAt: Timestamp?
  /// What changed since it was asked first.
  package private(set) var notice: String?
  /// Where the name has to be typed before yes is an answer; nil where it hasn't.
  package private(set) var field: TextField?

  package enum Choice: Hashable, Sendable {
    case cancel, proceed
  }

  package init(
    _ request: Request, _ preflight: Preflight, in deployment: String = "",
    isProtected: Bool = false
  ) {
    self.request = request
    word = request.service?.rawValue ?? deployment
    self.preflight = preflight
    field = isProtected ? TextField() : nil
  }

  /// Takes note that it stands on the screen.
  package mutating func show(at moment: Timestamp) {
    if shownAt == nil { shownAt = moment }
  }

  /// Takes note that it can no longer be read as it stood.
  package mutating func hide() { shownAt = nil }

  /// Whether a key of that moment can be an answer: whoever pressed it could read the question.
  package func canBeAnswered(at moment: Timestamp) -> Bool {
    shownAt.map { moment > $0 } ?? false
  }

  /// Whether yes is an answer at all: what would be refused can only be read.
  package var canBeAgreedTo: Bool { preflight.verdict != .no }

  /// Whether the name has to be typed for a yes.
  package var needsWord: Bool { field != nil && canBeAgreedTo }

  /// Whether it stands there as it has to, to the letter.
  package var hasWord: Bool { field.map { $0.text == word } ?? true }

  /// The word, to be shown.
  var shownWord: String { request.service?.shown ?? word }

  /// Types into the field for the name; what is typed is no answer before Enter.
  package mutating func type(_ key: Key) -> Bool {
    guard needsWord, field?.type(key) == true else { return false }
    choice = hasWord ? .proceed : .cancel
    return true
  }

  /// Puts the question anew where what it says is no longer so. Numbers that merely grow older leave
  /// it as it stands.
  package mutating func review(in topology: Topology, at now: Timestamp) {
    let fresh = request.preflight(in: topology, at: now)
    guard !fresh.asksTheSame(as: preflight) else { return }
    notice = preflight.contradiction(in: topology) ?? Self.difference(preflight, fresh)
    preflight = fresh
    choice = .cancel
    shownAt = nil
    // It was typed under another question.
    if field != nil { field = TextField() }
  }

  private static func difference(_ old: Preflight, _ new: Preflight) -> String {
    if old.facts.sentinels != new.facts.sentinels { return "other Sentinels would be asked" }
    if let objection = new.newObjection(since: old) { return objection }
    if old.facts.replaced != new.facts.replaced { return "a Sentinel has other settings" }
    guard old.facts.contenders != new.facts.contenders else { return "the outlook has changed" }
    return new.candidate.map { "\($0.address) would be promoted now" }
      ?? "nobody would be promoted now"
  }
}
