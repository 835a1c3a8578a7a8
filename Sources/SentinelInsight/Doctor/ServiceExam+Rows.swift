import SentinelModel

extension ServiceExam {
  /// A symptom for each replica of which any Sentinel gives evidence.
  func eachReplica(
    severity: Severity? = nil, _ evidence: (ServiceSample.Voice, ReplicaState) -> Evidence?,
    title: (NodeAddress) -> String
  ) -> [Symptom] {
    sample.replicas.compactMap { row in
      let found = row.reports.compactMap { evidence($0.voice, $0.state) }
      guard !found.isEmpty else { return nil }
      return Symptom(title(row.address), node: row.address, severity: severity, found)
    }
  }

  /// The same for the other Sentinels.
  func eachSentinel(
    _ evidence: (ServiceSample.Voice, SentinelState) -> Evidence?,
    title: (SentinelState, Int) -> String
  ) -> [Symptom] {
    var found: [String: (state: SentinelState, evidence: [Evidence])] = [:]
    for voice in sample.voices {
      for other in voice.sentinels {
        guard let one = evidence(voice, other) else { continue }
        found[other.id, default: (other, [])].evidence.append(one)
      }
    }
    return found.values.sorted { $0.state.address < $1.state.address }.map {
      Symptom(title($0.state, $0.evidence.count), node: $0.state.address, $0.evidence)
    }
  }

  /// A symptom where the Sentinels give a setting different values.
  func difference(_ field: String, _ value: (ServiceSample.Voice) -> String, title: String)
    -> [Symptom]
  {
    var counts: [String: Int] = [:]
    for voice in sample.voices { counts[value(voice), default: 0] += 1 }
    guard counts.count > 1 else { return [] }
    // Of several that are as frequent, the greater text: any, but always the same.
    let usual = counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key
    return [
      Symptom(
        title,
        sample.voices.map {
          let value = value($0)
          return $0.says(field, value, limit: value == usual ? nil : usual)
        })
    ]
  }
}

extension NodeAddress {
  /// Whether the host is a name, not an IP address.
  var isNamed: Bool {
    !host.contains(":") && !host.allSatisfy { $0 == "." || $0.isASCII && $0.isNumber }
  }

  /// How redis-cli is called for it.
  var cli: String { "redis-cli -h \(host) -p \(port)" }

  /// The numbers of an IPv4 address.
  var octets: [Int]? {
    let parts = host.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 4, parts.allSatisfy({ $0.map { (0...255).contains($0) } == true }) else {
      return nil
    }
    return parts.compactMap { $0 }
  }

  /// Whether the address means something on its own host only.
  var isLocal: Bool {
    if let octets {
      return octets[0] == 127 || octets == [0, 0, 0, 0] || octets[0] == 169 && octets[1] == 254
        || octets[0] == 172 && octets[1] == 17
    }
    let name = host.lowercased()
    return name == "::1" || name == "::" || name == "localhost" || name.hasPrefix("fe80:")
  }
}

extension String {
  /// The first eight characters: enough to tell ids apart.
  var short: String { String(prefix(8)) }
}
