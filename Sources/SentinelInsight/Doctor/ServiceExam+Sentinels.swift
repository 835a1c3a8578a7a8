import SentinelModel

extension ServiceExam {
  /// What that Sentinel says.
  func voice(_ address: NodeAddress) -> ServiceSample.Voice? {
    sample.voices.first { $0.address == address }
  }

  /// What to do about the entries of Sentinels that are no more; nil where there are none.
  var ghostAdvice: String? {
    guard let ghosts = quorum?.ghosts, !ghosts.isEmpty else { return nil }
    let names = ghosts.map { "\($0.address)" }.joined(separator: ", ")
    return "\(names) will not come back, but still counts: reset the Sentinels one after another."
  }

  /// The short name of a Sentinel that others list, or its address.
  func label(of other: SentinelState) -> String {
    topology.vantage(id: other.id).map { label($0.address) } ?? label(other.address)
  }

  /// Whether it is one of those that answer us and monitor the service.
  func isWatched(_ other: SentinelState) -> Bool {
    sample.voices.contains {
      $0.vantage.identity?.id.map { $0 == other.id } ?? ($0.address == other.address)
    }
  }

  /// The commands that set an option at all Sentinels of which the evidence speaks; each is told for
  /// itself, as none tells the others.
  func fix(_ option: String, _ value: String, for evidence: [Evidence]) -> String? {
    var told: [NodeAddress] = []
    for sentinel in evidence.compactMap(\.source) where !told.contains(sentinel) {
      told.append(sentinel)
    }
    guard !told.isEmpty else { return nil }
    return told.map { $0.cli("SENTINEL", "SET", sample.service.rawValue, option, value) }
      .joined(separator: "; ")
  }

  /// The symptom with the command that sets at the first that differs what most others have.
  func withFix(_ symptom: Symptom, _ option: String) -> Symptom {
    var symptom = symptom
    if let odd = symptom.evidence.first(where: { $0.limit != nil }), let value = odd.limit {
      symptom.command = fix(option, value, for: [odd])
    }
    return symptom
  }

  /// Sentinels that others reach and we don't, or the reverse.
  func unequalReach() -> [Symptom] {
    var symptoms: [Symptom] = []
    for vantage in topology.vantages {
      let views = sample.voices.compactMap { voice in
        voice.sentinels.first { other in
          vantage.identity?.id.map { $0 == other.id } ?? (vantage.address == other.address)
        }.map { (voice, $0) }
      }
      guard !views.isEmpty else { continue }
      if case .unreachable(let since, let reason) = vantage.contact {
        // That it is dead takes the others their down-after to see.
        let alive = views.filter {
          !$0.1.flags.isDown && $0.1.report.sinceValidPing < .seconds(3)
            && ($0.1.sinceHello ?? .zero) < .seconds(5)
        }
        guard alive.count == views.count else { continue }
        symptoms.append(
          Symptom(
            "\(label(vantage.address)) answers the others, but not us", node: vantage.address,
            [
              Evidence(
                "contact", reason, limit: "an answer", of: vantage.address, from: nil, at: now,
                since: since)
            ] + alive.map { $0.0.says(of: $0.1, "flags", "\($0.1.flags)") }))
      } else if vantage.isReachable {
        let against = views.filter { $0.1.flags.contains(.sDown) }
        guard !against.isEmpty else { continue }
        symptoms.append(
          Symptom(
            "\(label(vantage.address)) answers us, but is down for "
              + against.map { label($0.0.address) }.joined(separator: ", "),
            node: vantage.address,
            against.map {
              $0.0.says(
                of: $0.1, "flags", "\($0.1.flags)", limit: "up", since: $0.1.report.sDownFor)
            }))
      }
    }
    return symptoms
  }
}

extension Set<NodeAddress> {
  /// Whether names and IP addresses are among them: then they may be one.
  var isMixedNaming: Bool { Set<Bool>(map(\.isNamed)).count > 1 }
}
