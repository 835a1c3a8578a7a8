import Dashboard

/// Which columns the panes show, in which order; panes that aren't named show all of theirs.
struct ConfigColumns: Equatable, Sendable {
  var titles: [Pane: [String]] = [:]

  /// What the panes have. The symbol in front of a row is always shown.
  static let known: [Pane: [String]] = [
    .masters: [
      "NAME", "ADDRESS", "STATE", "QUORUM", "REPL", "AGREE", "EPOCH", "LAST FAILOVER", "DOWN AFTER",
      "TIMEOUT",
    ],
    .replicas: [
      "ADDRESS", "STATE", "LINK", "LAG", "OFFSET", "PRIO", "NEXT", "TREND", "ACKED", "INFO",
      "FOLLOWS", "VERSION",
    ],
    .sentinels: [
      "ADDRESS", "STATE", "MASTER IT SEES", "EPOCH", "RTT", "HELLO", "TREND", "VERSION", "QUORUM",
      "ID",
    ],
  ]
}

extension ConfigColumns: Decodable {
  init(from decoder: any Decoder) throws {
    let panes = Pane.allCases.filter { Self.known[$0] != nil }
    let fields = try ConfigFields(decoder, known: panes.map(\.name))
    for pane in panes {
      guard let known = Self.known[pane], let names: [String] = fields.list(pane.name) else {
        continue
      }
      titles[pane] = names.enumerated().compactMap { index, name in
        let title = name.uppercased()
        guard !known.contains(title) else { return title }
        fields.note(
          pane.name, at: index,
          "\(pane.name): there is no column \"\(name)\""
            + Suggestion.words(for: name, among: known) + "; there is "
            + known.joined(separator: ", "))
        return nil
      }
    }
  }
}
