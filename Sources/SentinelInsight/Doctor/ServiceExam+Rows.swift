import SentinelModel

extension ServiceExam {
  /// What those say who hold the master that most hold.
  var agreeing: [ServiceSample.Voice] {
    sample.voices.filter { $0.master.address == sample.master }
  }

  /// Whom a node follows that we ask ourselves; nil where we don't, or it follows nobody.
  func leader(ofAsked address: NodeAddress) -> (address: NodeAddress, at: Timestamp)? {
    guard let node = topology.nodes[address], node.isReachable, let info = node.info,
      let host = info.value["master_host"], let port = info.value.integer("master_port")
    else { return nil }
    return (NodeAddress(host: host, port: port), info.at)
  }

  /// A symptom for each replica of which any Sentinel gives evidence.
  func eachReplica(
    severity: Severity? = nil, _ evidence: (ServiceSample.Voice, ReplicaState) -> Evidence?,
    title: (NodeAddress) -> String
  ) -> [Symptom] {
    sample.replicas.compactMap { row in
      // What the node says itself is the same for all.
      var found: [Evidence] = []
      for report in row.reports {
        guard let one = evidence(report.voice, report.state), !found.contains(one) else { continue }
        found.append(one)
      }
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
  /// Whether it isn't that node, nor a name of its address.
  func isAnother(than other: NodeAddress) -> Bool {
    self != other && !(port == other.port && isNamed != other.isNamed)
  }

  /// Whether the host is a name, not an IP address.
  var isNamed: Bool {
    !host.contains(":") && !host.allSatisfy { $0 == "." || $0.isASCII && $0.isNumber }
  }

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
