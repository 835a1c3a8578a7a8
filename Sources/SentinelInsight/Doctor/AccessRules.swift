import SentinelModel

/// Whether passwords, permissions and TLS are right.
enum AccessRules {
  static let all = [d38, d39, d40, d41, d42, d43, d44]

  static let d38 = Rule(
    "D38", .critical, .state, after: .seconds(2), needs: [.replicas],
    "nodes that answer, but not as a Sentinel wants",
    advice: """
      The node answers with errors: the Sentinel has a wrong password or none, and doesn't say so (or \
      the node is busy with a script). Set auth-pass and auth-user at all Sentinels.
      """
  ) { look in
    var found: [NodeAddress: [Evidence]] = [:]
    for voice in look.voices {
      if let (field, value) = look.refusal(voice.master.report) {
        found[look.master, default: []].append(voice.says(field, value, limit: "good answers"))
      }
      for replica in voice.replicas {
        guard let (field, value) = look.refusal(replica.report) else { continue }
        found[replica.address, default: []].append(
          voice.says(of: replica, field, value, limit: "good answers"))
      }
    }
    return found.sorted { $0.key < $1.key }.map { address, evidence in
      Symptom(
        "\(address) answers, but nothing good", node: address, evidence,
        command: evidence.first?.source.map {
          $0.cli("SENTINEL", "SET", look.service.rawValue, "auth-pass", "PASSWORD")
        })
    }
  }

  static let d39 = Rule(
    "D39", .warning, .state, needs: [.replicas], "whether an old master gets its link back",
    advice: """
      Every node needs masterauth (and masteruser), the first master too: it is a replica now, and \
      the new master doesn't let it in.
      """
  ) { look in
    let switches = look.exam.events(.switchMaster, within: .seconds(3_600), of: look.service)
    var old: [NodeAddress: EventMark] = [:]
    for mark in switches {
      if case .switched(let from, _) = mark.detail { old[from] = mark }
    }
    return look.replicas.compactMap { row in
      guard let mark = old[row.address], look.now.duration(since: mark.at) > .seconds(45) else {
        return nil
      }
      let cut = row.reports.filter {
        !$0.state.flags.isDown && $0.state.reportedRole == .replica && !$0.state.masterLink.isUp
      }
      guard !cut.isEmpty, cut.count == row.reports.count else { return nil }
      return Symptom(
        "\(row.address), the old master, has no link to the new one", node: row.address,
        cut.map { $0.voice.says(of: $0.state, "master-link-status", "err", limit: "ok") }
          + [mark.evidence])
    }
  }

  static let d40 = Rule(
    "D40", .warning, .event, "what we are not permitted",
    advice: """
      Some things can't be known without it. Give the user the permission that is named, for example \
      ACL SETUSER NAME +sentinel|masters &*.
      """,
    ofAll: { exam in
      var found: [NodeAddress: [Evidence]] = [:]
      for vantage in exam.topology.vantages {
        if case .refused(let reason) = vantage.hearing {
          found[vantage.address, default: []].append(
            exam.evidence(vantage, "events", reason, limit: "permitted"))
        }
        if case .unreachable(let since, let reason) = vantage.contact,
          AccessWords.isPermission(reason)
        {
          found[vantage.address, default: []].append(
            exam.evidence(vantage, "contact", reason, limit: "permitted", since: since))
        }
      }
      for node in exam.topology.nodes.values {
        if case .unreachable(let since, let reason) = node.contact, AccessWords.isPermission(reason)
        {
          found[node.address, default: []].append(
            Evidence(
              "contact", reason, limit: "permitted", from: node.address, at: exam.now, since: since)
          )
        }
      }
      for complaint in exam.memory.complaints where AccessWords.isPermission(complaint.words) {
        found[complaint.source, default: []].append(
          Evidence(
            "answer", complaint.words, limit: "permitted", from: complaint.source, at: complaint.at,
            since: complaint.at))
      }
      return found.sorted { $0.key < $1.key }.map {
        Symptom("\(exam.label($0.key)) doesn't permit us all", node: $0.key, $0.value)
      }
    })

  static let d41 = Rule(
    "D41", .critical, .event, needs: [.events], "promotions that were given up",
    advice: """
      The replica was chosen, but didn't become master in time: SLAVEOF, CONFIG REWRITE or CLIENT KILL \
      is renamed or denied there. Tell the Sentinels by SENTINEL SET NAME rename-command, or extend \
      the ACL of their user.
      """
  ) { look in
    let marks = look.exam.events(.abortReplicaTimeout, within: .seconds(3_600), of: look.service)
    guard let last = marks.last else { return [] }
    return [
      Symptom(
        "a failover was given up: the replica wasn't promoted", marks.map(\.evidence),
        since: last.at)
    ]
  }

  static let d42 = Rule(
    "D42", .warning, .state, "whether TLS is spoken where it should be",
    advice: """
      One side speaks TLS and the other doesn't, or a certificate isn't accepted. Sentinels speak TLS \
      to nodes and each other only with tls-replication yes; look at the authority and the names.
      """,
    ofAll: { exam in
      exam.troubles {
        AccessWords.isTLS($0)
      } title: {
        "TLS to \($0) fails"
      }
    })

  static let d43 = Rule(
    "D43", .warning, .state, "protected mode",
    advice: """
      It takes connections from its own host only, so that other Sentinels can't ask for its vote. Set \
      a password, or bind and protected-mode no.
      """,
    ofAll: { exam in
      exam.troubles {
        $0.contains("protected mode")
      } title: {
        "\($0) is in protected mode"
      }
    })

  static let d44 = Rule(
    "D44", .warning, .setting, needs: [.access], "Sentinels that ask for no password",
    advice: """
      Whoever reaches it can start failovers and set scripts. Set requirepass or an ACL, and \
      sentinel-pass for the others.
      """,
    ofAll: { exam in
      guard exam.circumstances.givesPassword == false else { return [] }
      return exam.reachable.filter { !$0.address.isLocal }.map {
        Symptom(
          "\(exam.label($0.address)) asks for no password", node: $0.address,
          [exam.evidence($0, "authentication", "none", limit: "a password")])
      }
    })
}

/// What the reasons for trouble are about, by their words.
enum AccessWords {
  static func isPermission(_ reason: String) -> Bool {
    reason.contains("permission") || reason.contains("NOPERM")
      || reason.contains("may not subscribe")
  }

  static func isTLS(_ reason: String) -> Bool {
    reason.contains("TLS") || reason.contains("certificate")
  }

  /// Whether a server answered, but let us not in.
  static func isAboutAccess(_ reason: String) -> Bool {
    isPermission(reason) || isTLS(reason) || reason.contains("password")
      || reason.contains("protected mode")
  }
}

extension Exam {
  /// A symptom for each Sentinel or node that can't be reached for such a reason.
  fileprivate func troubles(
    _ isIt: (String) -> Bool, title: (NodeAddress) -> String
  ) -> [Symptom] {
    let contacts =
      topology.vantages.map { ($0.address, $0.contact) }
      + topology.nodes.values.map { ($0.address, $0.contact) }
    return contacts.sorted { $0.0 < $1.0 }.compactMap { address, contact in
      guard case .unreachable(let since, let reason) = contact, isIt(reason) else { return nil }
      return Symptom(
        title(address), node: address,
        [Evidence("contact", reason, of: address, from: nil, at: now, since: since)])
    }
  }
}

extension ServiceExam {
  /// The sign that a node answers, but not well: answers come, and none of them is good.
  func refusal(_ report: InstanceReport) -> (field: String, value: String)? {
    let isTroubled = report.flags.isDown || report.flags.contains(.disconnected)
    guard isTroubled else { return nil }
    if report.sincePing < .seconds(3), report.sinceValidPing > report.sincePing + .seconds(2) {
      return (
        "last-ok-ping-reply",
        "\(Measure.time(report.sinceValidPing)), any reply \(Measure.time(report.sincePing))"
      )
    }
    // Before it is trusted that the node is well, it must have answered after the Sentinel's trouble.
    if report.flags.contains(.sDown), let node = topology.nodes[report.address], node.isReachable,
      let info = node.info, now.duration(since: info.at) < .seconds(3),
      report.sinceValidPing > .seconds(5)
    {
      return ("flags", "\(report.flags), but it answers us")
    }
    return nil
  }
}
