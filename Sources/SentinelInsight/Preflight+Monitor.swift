package import SentinelModel

extension Preflight {
  /// A new service at all Sentinels that don't monitor it yet.
  package static func monitor(
    _ service: ServiceName, at address: NodeAddress, quorum: Int, in topology: Topology
  ) -> Preflight {
    var preflight = Preflight(
      command: .monitor(service, address, quorum: quorum), target: .all,
      facts: Facts(service: service, sentinels: []), reasons: [])
    preflight.judge(service)
    preflight.judge(address)
    if preflight.isDeserted(in: topology) { return preflight }
    let reachable = topology.vantages.filter(\.isReachable)
    let knowing = reachable.filter { $0.services[service] != nil }
    preflight.facts.sentinels = reachable.filter { $0.services[service] == nil }.map(\.address)
    preflight.addRivals(service, address, quorum, knowing, in: topology)
    if let first = preflight.facts.sentinels.first {
      let whom =
        preflight.facts.sentinels.count == 1
        ? "\(topology.label(of: first)) begins"
        : "\(list(preflight.facts.sentinels, in: topology)) begin"
      preflight.add(
        .effect, .notice, "\(whom) to monitor \(address) as \(service), quorum \(quorum).")
      preflight.add(
        .effect, .notice,
        "It starts with the defaults: 30 s until down, 180 s for a failover, 1 parallel sync.",
        "down-after-milliseconds 30000, failover-timeout 180000, parallel-syncs 1")
    }
    preflight.judge(quorum: quorum, of: topology.vantages.count, usable: reachable.count)
    preflight.judgeNode(address, service, in: topology)
    preflight.judgeHost(address.host, of: reachable, in: topology)
    preflight.addSilent(in: topology, "it won't monitor \(service)")
    return preflight
  }

  private mutating func judge(_ service: ServiceName) {
    guard !service.isSafe else { return }
    add(
      .badName, .critical,
      service.rawValue.isEmpty
        ? "the service has no name"
        : "\"\(service)\" can't be kept in a configuration file: "
          + "only letters, digits, '.', '-' and '_' can")
  }

  private mutating func judge(_ address: NodeAddress) {
    guard address.host.isEmpty || !(1...65535).contains(address.port) else { return }
    add(.badAddress, .critical, "\(address) is no address: a host and a port are needed")
  }

  /// Who monitors something of that name already.
  private mutating func addRivals(
    _ service: ServiceName, _ address: NodeAddress, _ quorum: Int, _ knowing: [Vantage],
    in topology: Topology
  ) {
    for vantage in knowing {
      guard let master = vantage.services[service]?.master else { continue }
      let label = topology.label(of: vantage.address)
      if master.address != address {
        add(
          .alreadySo, .critical,
          "\(label) monitors \(service) already, at \(master.address)", of: vantage.address)
        continue
      }
      settled.append(vantage.address)
      if master.quorum != quorum {
        add(
          .alreadySo, .warning,
          "\(label) monitors it already, and keeps its quorum of \(master.quorum).",
          of: vantage.address)
      }
    }
    if facts.sentinels.isEmpty {
      guard verdict != .no else { return }
      add(
        .alreadySo, .critical,
        "\(Self.list(knowing.map(\.address), in: topology)) "
          + "\(knowing.count == 1 ? "monitors" : "monitor") it already")
    } else if !knowing.isEmpty {
      let list = Self.list(knowing.map(\.address), in: topology)
      add(
        .alreadySo, .info,
        "\(list) \(knowing.count == 1 ? "monitors" : "monitor") it already, and "
          + "\(knowing.count == 1 ? "is" : "are") left alone.")
    }
  }

  /// What is known of the node that is to be monitored.
  private mutating func judgeNode(
    _ address: NodeAddress, _ service: ServiceName, in topology: Topology
  ) {
    if topology[address] != nil || topology.isListedAsSentinel(address) {
      add(.notMaster, .critical, "\(address) is a Sentinel, not a master", of: address)
      return
    }
    for other in topology.serviceNames where other != service {
      guard let summary = ServiceSummary(of: other, in: topology) else { continue }
      if summary.address == address {
        add(
          .otherName, .warning,
          "\(address) is monitored as \(other) already: each name fails it over on its own.",
          of: address)
      }
      let replicas = ReplicaSummary.all(of: other, in: topology) ?? []
      if replicas.contains(where: { $0.address == address }) {
        add(
          .notMaster, .critical, "\(address) is a replica of \(other), not a master", of: address)
      }
    }
    guard let node = topology.nodes[address] else { return }
    if !node.isReachable {
      add(.unreachableNode, .warning, "\(address) doesn't answer us.", of: address)
    } else if let role = node.info?.value["role"], NodeRole(wire: role) != .master {
      add(.notMaster, .critical, "\(address) says that it is a \(role), not a master", of: address)
    }
  }

  /// Whether each Sentinel finds the host, and all the same one.
  private mutating func judgeHost(_ host: String, of reachable: [Vantage], in topology: Topology) {
    if host.isLoopback, reachable.contains(where: { !$0.address.host.isLoopback }) {
      add(
        .loopback, .warning,
        "\(host) is another host for each Sentinel that runs elsewhere: itself.")
    }
    guard !host.isEmpty, !host.isNumericAddress else { return }
    for vantage in reachable where facts.sentinels.contains(vantage.address) {
      let label = topology.label(of: vantage.address)
      switch vantage.configuration?.value["resolve-hostnames"] {
      case "yes"?:
        guard vantage.configuration?.value["announce-hostnames"] != "yes" else { continue }
        add(
          .nameResolution, .info,
          "\(label) looks \(host) up once, and tells its address in place of the name.",
          "announce-hostnames no", of: vantage.address)
      case "no"?:
        add(
          .nameResolution, .critical,
          "\(label) takes no host names: resolve-hostnames is no there", of: vantage.address)
      default:
        add(
          .nameResolution, .warning,
          "\(label) refuses a host name unless resolve-hostnames is yes there.",
          "its settings aren't known", of: vantage.address)
      }
    }
  }
}

extension Topology {
  fileprivate func isListedAsSentinel(_ address: NodeAddress) -> Bool {
    vantages.contains { vantage in
      vantage.services.values.contains { view in
        view.sentinels?.value.contains { $0.address == address } ?? false
      }
    }
  }
}

extension String {
  fileprivate var isLoopback: Bool {
    self == "localhost" || self == "::1" || (hasPrefix("127.") && isNumericAddress)
  }

  /// Whether it is an IP address, which nobody has to look up.
  fileprivate var isNumericAddress: Bool {
    if contains(":") { return true }
    let parts = split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
  }
}
