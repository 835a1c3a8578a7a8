internal import SentinelInsight
internal import SentinelModel

// Changes that are under way, and what can be done about them.
extension State {
  /// The changes of this session, the oldest first, that are remembered.
  private static let remembered = 20

  /// The one that was agreed to last.
  var lastUndertaking: Undertaking? { undertakings.last }

  /// The one that is looked at.
  var shownUndertaking: Undertaking? {
    guard case .following(let command) = mode else { return nil }
    return undertakings.last { $0.progress.command == command }
  }

  mutating func begin(_ undertaking: Undertaking) {
    undertakings.removeAll { $0.progress.command == undertaking.progress.command }
    undertakings.append(undertaking)
    if undertakings.count > Self.remembered {
      let index = undertakings.firstIndex(where: \.progress.isFinal) ?? undertakings.startIndex
      undertakings.remove(at: index)
    }
    mode = .following(undertaking.progress.command)
  }

  /// Takes in how a change stands now. Where nobody looks at it, each step is told.
  mutating func follow(_ progress: ChangeProgress) {
    guard
      let index = undertakings.lastIndex(where: { $0.progress.command == progress.command })
    else { return }
    let before = undertakings[index].progress
    undertakings[index].progress = progress
    if let number = underWay[progress.command] {
      commandLog[number: number]?.answers = progress.steps.compactMap(\.answer)
    }
    guard before != progress, shownUndertaking?.progress.command != progress.command else {
      return
    }
    say(
      "\(progress.title): \(progress.words(in: topology, at: present))", progress.severity)
  }

  mutating func showProgress() {
    guard let last = lastUndertaking else { return }
    mode = .following(last.progress.command)
  }

  /// Asks nobody else; whoever was asked is followed to the end.
  mutating func stopChange() -> Effect? {
    guard let shown = shownUndertaking else { return nil }
    say("\(shown.progress.title): stopping before the next Sentinel …", .notice)
    return .stop(shown.progress.command)
  }

  mutating func retryChange() {
    guard let request = shownUndertaking?.retry else { return }
    ask(request)
  }

  mutating func undoChange() {
    guard let request = shownUndertaking?.wayBack else { return }
    ask(request)
  }
}
