internal import Canvas
internal import SentinelInsight
internal import SentinelModel

/// A replica: whether it would be promoted, how far it is behind, and each Sentinel's word.
enum ReplicaDetails {
  static func lines(_ replica: ReplicaSummary, _ state: State) -> [DetailLine] {
    let (topology, now) = (state.topology, state.now)
    var lines: [DetailLine] = [.heading("Would it be promoted?")]
    for ranking in state.outlook?.rankings ?? [] {
      let label = topology.label(of: ranking.sentinel)
      if let rank = ranking.rank(of: replica.address) {
        let count = ranking.eligible.count
        lines.append(
          .text(
            Text(label, .accent)
              + Text(rank == 1 ? " would promote it" : " has it as number \(rank) of \(count)")))
      } else if let rejection = ranking.rejection(of: replica.address) {
        lines.append(
          .text(Text(label, .accent) + Text(" wouldn't: \(rejection.sentence)", .warning)))
      }
    }
    if let lag = state.lags[replica.address] {
      lines += [.blank, .heading("Behind its master", lag.age), .fields(fields(lag))]
    }
    let trend = DetailLine.trend(.lag(replica.address), state, unit: "B")
    if !trend.isEmpty { lines += [.blank] + trend }
    lines.append(.blank)
    for vantage in topology.vantages {
      guard let service = state.service?.name,
        let rows = vantage.services[service]?.replicas,
        let row = rows.value.first(where: { $0.address == replica.address })
      else { continue }
      let who = "By \(topology.label(of: vantage.address)) \(vantage.address)"
      lines.append(.heading(who, now.duration(since: rows.at)))
      lines += [.fields(row.details), .blank]
    }
    if let node = topology.nodes[replica.address] { lines += NodeDetails.lines(node, state) }
    return lines
  }

  private static func fields(_ lag: Lag) -> [(String, Text)] {
    [
      ("bytes", Text(lag.bytes.map { "\($0)" } ?? "–")),
      ("since acknowledged", Text(lag.time.map(Measure.time) ?? "–")),
      ("by", Text(lag.source.word)),
      ("copies the whole", Text(lag.isSyncing ? "yes" : "no", lag.isSyncing ? .running : .text)),
    ]
  }
}

/// What a data node says itself.
enum NodeDetails {
  static func lines(_ node: NodeView, _ state: State) -> [DetailLine] {
    var lines: [DetailLine] = []
    if case .unreachable(let since, let reason) = node.contact {
      let age = Ages.words(state.now.duration(since: since))
      lines.append(.text(Text("It doesn't answer us for \(age): \(reason)", .warning)))
    }
    guard let info = node.info else { return lines }
    let fields = names.compactMap { name in info.value[name].map { (name, Text($0)) } }
    return lines + [
      .heading("By itself (INFO)", state.now.duration(since: info.at)), .fields(fields),
    ]
  }

  private static let names = [
    "role", "redis_version", "valkey_version", "uptime_in_seconds", "run_id", "master_host",
    "master_port", "master_link_status", "master_last_io_seconds_ago", "master_sync_in_progress",
    "slave_repl_offset", "master_repl_offset", "slave_priority", "slave_read_only",
    "connected_slaves", "min_slaves_good_slaves", "master_replid", "repl_backlog_size",
    "connected_clients", "blocked_clients", "used_memory_human", "maxmemory_human",
    "maxmemory_policy", "loading", "rdb_bgsave_in_progress", "rdb_last_bgsave_status",
    "aof_enabled", "aof_last_write_status", "instantaneous_ops_per_sec",
  ]
}
