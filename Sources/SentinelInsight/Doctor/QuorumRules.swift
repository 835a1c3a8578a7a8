import SentinelModel

/// Whether enough Sentinels are there, and the right ones.
enum QuorumRules {
  static let all = [d12, d13, d14, d15, d16, d17, d18, d19, d20, d21, d22]

  static let d12 = Rule(
    "D12", .critical, .state, needs: [.sentinels], "whether quorum and majority can be reached",
    advice: """
      No failover can be started from there. Bring the Sentinels back that are down; of those that are \
      gone for good, the entries have to be reset.
      """
  ) { look in
    (look.quorum?.voices ?? []).filter { !$0.isFine }.compactMap { count in
      guard let voice = look.voice(count.sentinel) else { return nil }
      let down = count.down.map { look.topology.label(id: $0) }.sorted().joined(separator: ", ")
      return Symptom(
        "\(look.label(count.sentinel)) can't reach the \(count.hasQuorum ? "majority" : "quorum"): "
          + "\(count.usable) usable" + (down.isEmpty ? "" : ", \(down) down"),
        node: count.sentinel,
        [
          voice.says(
            "usable Sentinels", "\(count.usable)", limit: "at least \(count.votesNeeded)"),
          voice.says("quorum", "\(count.quorum)"),
          voice.says("majority", "\(count.majority) of \(count.known)"),
        ], command: voice.address.cli("SENTINEL", "CKQUORUM", look.service.rawValue))
    }
  }

  static let d13 = Rule(
    "D13", .critical, .state, needs: [.sentinels], "whether a majority of all known is usable",
    advice: """
      A leader needs a majority of all Sentinels that are known, dead ones included. Forget those that \
      are gone for good (reset one Sentinel after another) before adding new ones.
      """
  ) { look in
    let evidence = (look.quorum?.voices ?? []).filter { !$0.hasMajority }.compactMap { count in
      look.voice(count.sentinel)?.says(
        "usable of known Sentinels", "\(count.usable) of \(count.known)",
        limit: "at least \(count.majority)")
    }
    return evidence.isEmpty
      ? []
      : [
        Symptom(
          "no majority of the known Sentinels is left", evidence, advice: look.ghostAdvice)
      ]
  }

  static let d14 = Rule(
    "D14", .warning, .agreement, after: .seconds(3), needs: [.twoSentinels],
    "how many other Sentinels each one knows",
    advice: """
      The Sentinels don't all know each other: one was reset or started anew, or has entries of dead \
      ones. They find each other through the master, in seconds; if not, look at their links to it.
      """
  ) { look in
    let lonely = look.agreement.without.filter { stranger in
      look.voices.contains { $0.sentinels.contains { $0.address == stranger } }
    }
    let missing = lonely.map {
      Evidence("MASTERS", "without \(look.service)", limit: "monitored", from: $0, at: look.now)
    }
    let differing = look.difference(
      "num-other-sentinels", { "\($0.master.otherSentinelCount)" },
      title: "the Sentinels know different numbers of others")
    if missing.isEmpty { return differing }
    return [
      Symptom(
        "\(lonely.map(look.label).joined(separator: ", ")) no longer monitors it",
        missing + (differing.first?.evidence ?? []))
    ]
  }

  static let d15 = Rule(
    "D15", .warning, .state, needs: [.sentinels], "Sentinels that are down, or no longer heard",
    advice: """
      Start it again. If it is gone for good, it still counts in the majority: reset the others one \
      after another, 30 seconds apart.
      """
  ) { look in
    look.eachSentinel { voice, other in
      if other.flags.contains(.sDown) {
        return voice.says(
          of: other, "flags", "\(other.flags)", limit: "up", since: other.report.sDownFor)
      }
      guard let hello = other.sinceHello, hello > .seconds(60) else { return nil }
      return voice.says(
        of: other, "last-hello-message", Measure.time(hello), limit: "at most 60 s", since: hello)
    } title: { other, count in
      "Sentinel \(look.label(of: other)) is down, say \(count) of \(look.voices.count)"
    }
  }

  static let d16 = Rule(
    "D16", .warning, .agreement, after: .seconds(5), needs: [.sentinels],
    "Sentinels with one id under two addresses",
    advice: """
      A configuration file was copied: both have one vote together, and take each other's place. Stop \
      one, remove the line sentinel myid from its file, and start it again.
      """
  ) { look in
    var addresses: [String: Set<NodeAddress>] = [:]
    var evidence: [String: [Evidence]] = [:]
    for voice in look.voices {
      for other in voice.sentinels where !other.flags.isDown {
        addresses[other.id, default: []].insert(other.address)
        evidence[other.id, default: []].append(voice.says(of: other, "runid", other.id.short))
      }
    }
    return addresses.filter { $0.value.count > 1 && !$0.value.isMixedNaming }
      .sorted { $0.key < $1.key }
      .map { id, twins in
        Symptom(
          "the id \(id.short) is at \(twins.sorted().map(\.description).joined(separator: " and "))",
          node: twins.min(), evidence[id] ?? [])
      }
  }

  static let d17 = Rule(
    "D17", .warning, .setting, "how many Sentinels there are",
    advice: """
      One Sentinel dies with its host. Two need both for a majority. An even number bears no more \
      losses than one less, and splits its votes more often. Run 3 or 5.
      """
  ) { look in
    let count = look.knownSentinels
    guard count < 3 || count.isMultiple(of: 2) else { return [] }
    return [
      Symptom(
        count == 1 ? "there is only one Sentinel" : "there are \(count) Sentinels",
        look.voices.map {
          $0.says("num-other-sentinels", "\($0.master.otherSentinelCount)", limit: "2 or 4")
        })
    ]
  }

  static let d18 = Rule(
    "D18", .warning, .state, needs: [.sentinels], "whether the quorum fits",
    advice: """
      With a quorum of 1, trouble in the network of a single Sentinel starts a failover. With one that \
      is greater than the usable Sentinels, nothing ever does. A majority is usual.
      """
  ) { look in
    let known = look.knownSentinels
    var evidence: [Evidence] = []
    var title = ""
    for voice in look.voices {
      let quorum = voice.master.quorum
      let usable = look.quorum?.voices.first { $0.sentinel == voice.address }?.usable
      if quorum == 1, known > 1 {
        title = "a quorum of 1 lets one Sentinel decide for \(known)"
      } else if quorum > known {
        title = "the quorum of \(quorum) can't be reached by \(known) Sentinels"
      } else if let usable, quorum > usable {
        title = "the quorum of \(quorum) can't be reached by \(usable) usable Sentinels"
      } else {
        continue
      }
      evidence.append(voice.says("quorum", "\(quorum)", limit: "2 to \(known)"))
    }
    return evidence.isEmpty
      ? []
      : [
        Symptom(
          title, evidence,
          command: look.fix("quorum", "\(known / 2 + 1)", for: evidence))
      ]
  }

  static let d19 = Rule(
    "D19", .warning, .setting, needs: [.twoSentinels], "the quorum at each Sentinel",
    advice: "SENTINEL SET works at one Sentinel only: set the same at all of them."
  ) { look in
    look.difference("quorum", { "\($0.master.quorum)" }, title: "the quorum differs").map {
      look.withFix($0, "quorum")
    }
  }

  static let d20 = Rule(
    "D20", .warning, .setting, needs: [.sentinels], "which Sentinels share a host",
    advice: """
      One machine that fails takes several votes with it, or votes and master at once. Give each \
      Sentinel a host of its own, at best away from the master.
      """
  ) { look in
    var hosts: [String: Set<NodeAddress>] = [:]
    for voice in look.voices {
      hosts[voice.address.host, default: []].insert(voice.address)
      for other in voice.sentinels where !look.isWatched(other) {
        hosts[other.address.host, default: []].insert(other.address)
      }
    }
    let crowded = hosts.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }
    let count = hosts.values.reduce(0) { $0 + $1.count }
    if crowded.isEmpty {
      guard hosts.count == 1, count > 0, hosts.keys.first == look.master.host else { return [] }
      return [
        Symptom(
          "the only Sentinel is on the master's host",
          look.voices.map { $0.says("host", $0.address.host, limit: "another than the master's") })
      ]
    }
    return crowded.map { host, sentinels in
      let withMaster = host == look.master.host ? ", with the master" : ""
      return Symptom(
        "\(sentinels.count) of \(count) Sentinels are on \(host)\(withMaster)",
        sentinels.sorted().map {
          Evidence("address", "\($0)", limit: "a host of its own", from: nil, at: look.now)
        })
    }
  }

  static let d21 = Rule(
    "D21", .critical, .state, needs: [.sentinels],
    "Sentinels, masters and data of another deployment",
    advice: """
      Two deployments are growing together: an address was used again, and both have the same name and \
      no password. Keep them apart by name, password or network; then remove the foreign entries and \
      reset.
      """
  ) { look in
    Foreign(look).signs.map { Symptom($0.title, node: $0.node, $0.evidence) }
  }

  static let d22 = Rule(
    "D22", .warning, .state, after: .seconds(4), needs: [.sentinels],
    "Sentinels that only we, or only others reach",
    advice: """
      All that is said here is seen from here. The announced address may be one that only the others \
      can use, or a firewall stands between.
      """
  ) { look in
    look.unequalReach()
  }
}
