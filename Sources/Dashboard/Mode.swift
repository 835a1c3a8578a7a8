package import Canvas
package import SentinelModel

/// What the keys are for at the moment.
package indirect enum Mode: Sendable {
  /// The panes.
  case browsing
  /// A question stands in front of them.
  case confirming(Question)
  /// A form is being filled in.
  case filling(Form)
  /// The progress of a change stands in front of them.
  case following(Command)
  /// A view takes the whole screen.
  case reading(Page, Scroll)
  /// The keys are explained, in front of what was looked at.
  case help(HelpPlace, over: Mode)
  /// A filter or a search is typed on the lowest line.
  case typing(Entry, over: Mode)
  /// One of many is chosen, in front of what was looked at.
  case choosing(Chooser, over: Mode)

  /// A mode without what it holds, as the table of actions names it.
  package enum Kind: Hashable, Sendable, CaseIterable {
    case browsing, confirming, help, reading, typing, choosing
    /// A question that wants the name typed.
    case confirmingByName
    case filling, following
  }

  package var kind: Kind {
    switch self {
    case .browsing: .browsing
    case .confirming(let question): question.needsWord ? .confirmingByName : .confirming
    case .filling: .filling
    case .following: .following
    case .help: .help
    case .reading: .reading
    case .typing: .typing
    case .choosing: .choosing
    }
  }

  /// What it stands in front of; itself where that is nothing.
  package var beneath: Mode {
    switch self {
    case .browsing, .confirming, .filling, .following, .reading: self
    case .help(_, let mode), .typing(_, let mode), .choosing(_, let mode): mode
    }
  }

  /// The view that takes the screen, also where something stands in front of it.
  package var page: Page? {
    switch self {
    case .reading(let page, _): page
    case .browsing, .confirming, .filling, .following: nil
    case .help, .typing, .choosing: beneath.page
    }
  }
}

extension Mode.Kind {
  /// Whether something stands in front that has to be dealt with first.
  var isInFront: Bool {
    switch self {
    case .confirming, .confirmingByName, .filling, .following: true
    case .browsing, .help, .reading, .typing, .choosing: false
    }
  }
}
