import SentinelModel

/// Whether the addresses that are announced can be used by everybody.
enum AddressRules {
  static let all = [d31, d32, d33, d34, d35, d36, d37]

  static let d31 = Rule(
    "D31", .warning, .state, needs: [.replicas], "commands that wait for an answer",
    advice: """
      The link is dead or very slow, as it is where a wrong address is announced. From 100 waiting \
      commands on the Sentinel asks nothing more there.
      """
  ) { look in
    var found: [NodeAddress: [Evidence]] = [:]
    for voice in look.voices {
      let place = DoctorMemory.Place(sentinel: voice.address, service: look.service)
      if let limit = look.overload(voice.master.report, at: place) {
        found[look.master, default: []].append(
          voice.says(
            "link-pending-commands", "\(voice.master.report.pendingCommands)", limit: limit))
      }
      for replica in voice.replicas {
        var place = place
        place.node = replica.address
        if let limit = look.overload(replica.report, at: place) {
          found[replica.address, default: []].append(
            voice.says(
              of: replica, "link-pending-commands", "\(replica.report.pendingCommands)",
              limit: limit))
        }
      }
    }
    return found.sorted { $0.key < $1.key }.map {
      Symptom("commands to \($0.key) pile up", node: $0.key, $0.value)
    }
  }

  static let d32 = Rule(
    "D32", .warning, .setting, needs: [.replicas], "addresses that mean something on one host only",
    advice: """
      Other hosts can't use it. Monitor the master by an address that all can reach, and set \
      replica-announce-ip and sentinel announce-ip.
      """
  ) { look in
    let hosts = look.sentinelHosts
    guard hosts.count > 1, !hosts.allSatisfy({ NodeAddress(host: $0, port: 0).isLocal }) else {
      return []
    }
    var found: [NodeAddress: [Evidence]] = [:]
    for voice in look.voices where voice.master.address.isLocal {
      found[voice.master.address, default: []].append(
        voice.says("ip", voice.master.address.host, limit: "an address for all hosts"))
    }
    for voice in look.voices {
      for replica in voice.replicas where replica.address.isLocal {
        found[replica.address, default: []].append(
          voice.says(of: replica, "ip", replica.address.host, limit: "an address for all hosts"))
      }
    }
    return found.sorted { $0.key < $1.key }.map {
      Symptom("\($0.key) can't be reached from other hosts", node: $0.key, $0.value)
    }
  }

  static let d33 = Rule(
    "D33", .warning, .setting, needs: [.replicas, .replicaInfo],
    "replicas behind one address, as port mapping makes them",
    advice: """
      The addresses are those of a gateway that maps ports. Tell each node what to announce \
      (replica-announce-ip, replica-announce-port), or use the host's network.
      """
  ) { look in
    guard look.replicas.count > 1, Set(look.replicas.map(\.address.host)).count == 1 else {
      return []
    }
    let mapped = look.replicas.compactMap { row -> Evidence? in
      guard let facts = look.replicaFacts[row.address], let port = facts.integer("tcp_port"),
        port != row.address.port, port != 0
      else { return nil }
      return facts.evidence("tcp_port", of: row.address, limit: "\(row.address.port)")
    }
    guard mapped.count == look.replicas.count, Set(mapped.map(\.value)).count == 1 else {
      return []
    }
    return [
      Symptom("all replicas are at \(look.replicas[0].address.host), behind mapped ports", mapped)
    ]
  }

  static let d34 = Rule(
    "D34", .warning, .state, after: .seconds(3), needs: [.replicas],
    "announced addresses that we can't reach",
    advice: """
      The Sentinels reach it, we don't: it isn't down. Where addresses differ by network, give sentop \
      a map of addresses.
      """
  ) { look in
    let up =
      [(look.master, look.voices.filter { !$0.master.flags.isDown }.count)]
      + look.replicas.map { row in
        (row.address, row.reports.count { !$0.state.flags.isDown && $0.state.masterLink.isUp })
      }
    return up.compactMap { address, voices in
      guard voices == look.voices.count,
        case .unreachable(let since, let reason)? = look.topology.nodes[address]?.contact,
        !AccessWords.isAboutAccess(reason)
      else { return nil }
      return Symptom(
        "\(address) answers the Sentinels, but not us", node: address,
        [
          Evidence(
            "contact", reason, limit: "an answer", of: address, from: nil, at: look.now,
            since: since)
        ])
    }
  }

  static let d35 = Rule(
    "D35", .warning, .setting, needs: [.configuration], "names in place of addresses",
    advice: """
      One node under a name and an address looks like two. Set resolve-hostnames and \
      announce-hostnames alike at all Sentinels.
      """
  ) { look in
    var evidence: [Evidence] = []
    if Set<Bool>(look.voices.map(\.master.address.isNamed)).count > 1 {
      evidence = look.voices.map { $0.says("ip", $0.master.address.host, limit: "alike") }
    }
    for setting in ["resolve-hostnames", "announce-hostnames"] {
      let values = look.voices.compactMap { voice in
        voice.vantage.configuration.flatMap { dated in
          dated.value[setting].map { (voice, $0, dated.at) }
        }
      }
      guard Set(values.map(\.1)).count > 1 else { continue }
      evidence += values.map { voice, value, at in
        Evidence(setting, value, limit: "alike", from: voice.address, at: at)
      }
    }
    return evidence.isEmpty
      ? [] : [Symptom("names and addresses are used side by side", evidence)]
  }

  static let d36 = Rule(
    "D36", .warning, .event, needs: [.configuration, .events],
    "tilt where names have to be looked up",
    advice: """
      A Sentinel does nothing else while it looks up a name: a slow name server brings it into tilt. \
      Use IP addresses, or a cache on the host.
      """,
    ofAll: { exam in
      exam.reachable.compactMap { vantage in
        guard let settings = vantage.configuration, settings.value["resolve-hostnames"] == "yes"
        else { return nil }
        let tilts = exam.events(.tilt, within: .seconds(3_600)).filter {
          $0.source == vantage.address
        }
        guard !tilts.isEmpty || vantage.isTilted == true else { return nil }
        return Symptom(
          "\(exam.label(vantage.address)) looks up names, and was in tilt", node: vantage.address,
          [Evidence("resolve-hostnames", "yes", from: vantage.address, at: settings.at)]
            + tilts.map(\.evidence))
      }
    })

  static let d37 = Rule(
    "D37", .info, .event, needs: [.events], "Sentinels that fight over an address",
    advice: """
      Two Sentinels use one address or one id by turns, or a name doesn't resolve. Look for a copied \
      configuration file.
      """
  ) { look in
    let marks = look.exam.events(
      .sentinelInvalidAddress, .sentinelAddressSwitch, within: .seconds(3_600), of: look.service)
    guard marks.count > 1 else { return [] }
    return [
      Symptom("Sentinels changed their addresses \(marks.count) times", marks.map(\.evidence))
    ]
  }
}

extension ServiceExam {
  /// What the limit is that a link's waiting commands have passed; nil where they haven't.
  fileprivate func overload(
    _ report: InstanceReport, at place: DoctorMemory.Place
  ) -> String? {
    let limit = 100 * max(1, report.linkReferences)
    if report.pendingCommands >= limit { return "less than \(limit)" }
    // Whatever is asked may be on its way at any moment; five looks in a row are no chance.
    let rise = exam.memory.backlogs[place]
    return report.pendingCommands >= 10 && (rise?.times ?? 0) >= 5 ? "not to grow" : nil
  }

  /// The hosts on which the Sentinels of the service are, as far as is known.
  var sentinelHosts: Set<String> {
    var hosts = Set(sample.voices.map(\.address.host))
    for voice in sample.voices {
      hosts.formUnion(voice.sentinels.filter { !isWatched($0) }.map(\.address.host))
    }
    return hosts
  }
}
