internal import SentinelInsight
internal import SentinelModel

extension State {
  /// Holds the display, or lets it go on.
  mutating func toggleFreeze() -> Effect? {
    guard playback.isLive else { return goLive() }
    if let latest { playback.record(latest, at: present, isForced: true) }
    playback.freeze()
    return showMoment()
  }

  mutating func step(isForward: Bool) -> Effect? {
    if isForward { playback.stepForward() } else { playback.stepBack() }
    return playback.isLive ? goLive() : showMoment()
  }

  private mutating func showMoment() -> Effect? {
    guard let moment = playback.shown else { return nil }
    now = moment.at
    // All panes are in step: the log ends where that moment was.
    eventsPlace.follow()
    // Looking back moves nothing in the world.
    _ = show(moment.snapshot)
    return nil
  }

  private mutating func goLive() -> Effect? {
    playback.goLive()
    now = present
    return latest.flatMap { show($0) }
  }
}
