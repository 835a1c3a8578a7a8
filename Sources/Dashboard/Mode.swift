package import Canvas

/// What the keys are for at the moment.
package enum Mode: Sendable {
  /// The panes.
  case browsing
  /// A question stands in front of them.
  case confirming(Question)
  /// The keys are explained.
  case help(Scroll)
  /// A view takes the whole screen.
  case reading(Page, Scroll)

  /// A mode without what it holds, as the table of actions names it.
  package enum Kind: Hashable, Sendable, CaseIterable {
    case browsing, confirming, help, reading
  }

  package var kind: Kind {
    switch self {
    case .browsing: .browsing
    case .confirming: .confirming
    case .help: .help
    case .reading: .reading
    }
  }
}
