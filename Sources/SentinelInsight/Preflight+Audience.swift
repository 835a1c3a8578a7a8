package import SentinelModel

// Whom a change would reach. Sentinels tell each other nothing of it, so each one that is left out
// stays as it is.
extension Preflight {
  /// A question to all Sentinels that answer. It changes nothing.
  package static func checkQuorum(_ service: ServiceName, in topology: Topology) -> Preflight {
    Preflight(
      command: .checkQuorum(service), target: .all,
      facts: Facts(
        service: service, sentinels: topology.vantages.filter(\.isReachable).map(\.address)),
      reasons: [])
  }

  /// Says which Sentinels can't be asked, and what that means for them.
  mutating func addSilent(in topology: Topology, _ consequence: String) {
    for vantage in topology.vantages where !vantage.isReachable {
      add(
        .silentSentinel, .warning,
        "\(topology.label(of: vantage.address)) doesn't answer: \(consequence).",
        of: vantage.address)
    }
  }

  /// Says that nobody is there to be asked; false where somebody is.
  mutating func isDeserted(in topology: Topology) -> Bool {
    guard !topology.vantages.contains(where: \.isReachable) else { return false }
    add(.noSentinel, .critical, "no Sentinel answers")
    return true
  }

  /// What a quorum means for so many Sentinels.
  mutating func judge(quorum: Int, of sentinels: Int, usable: Int) {
    if quorum < 1 {
      add(.badQuorum, .critical, "a quorum of \(quorum) is refused: it must be 1 or more")
    } else if quorum > sentinels {
      add(
        .badQuorum, .warning,
        "The quorum of \(quorum) can't be reached by \(Measure.count(sentinels, "Sentinel")): "
          + "nothing would ever be failed over.", "a majority is \(sentinels / 2 + 1)")
    } else if quorum > usable {
      add(
        .badQuorum, .warning,
        "The quorum of \(quorum) can't be reached by the "
          + "\(Measure.count(usable, "Sentinel")) that can vote now.", "known \(sentinels)")
    } else if quorum == 1, sentinels > 1 {
      add(
        .badQuorum, .warning, "A quorum of 1 lets one Sentinel decide for \(sentinels).",
        "a majority is \(sentinels / 2 + 1)")
    }
  }

  /// `s1, s2 and s3`.
  static func list(_ sentinels: [NodeAddress], in topology: Topology) -> String {
    let labels = sentinels.map(topology.label)
    guard let last = labels.last, labels.count > 1 else { return labels.first ?? "nobody" }
    return labels.dropLast().joined(separator: ", ") + " and " + last
  }
}
