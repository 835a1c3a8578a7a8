import SentinelModel

/// What the doctor remembers from one look to the next: what a single sample can't show.
struct DoctorMemory: Hashable, Sendable {
  /// What was announced or noted in the last hour, the oldest first.
  private(set) var events: [EventMark] = []
  /// What of our questions was not answered, by the Sentinel's words.
  private(set) var complaints: [Complaint] = []
  /// Changes that were refused since the configuration file can't be written.
  private(set) var refusedWrites: [Complaint] = []
  /// When nobody listened to a Sentinel's events.
  private(set) var gaps: [Complaint] = []
  private var nextEntry = 0
  /// The step that each Sentinel's failover is in, and since when.
  private(set) var steps: [Place: Since<FailoverState>] = [:]
  /// The epoch of each service's configuration.
  private(set) var epochs: [ServiceName: UInt64]
  /// Epochs that grew without anybody having announced a switch.
  private(set) var jumps: [ServiceName: Jump] = [:]
  /// How fast each node's offset grows.
  private(set) var growth: [NodeAddress: Growth] = [:]
  private var offsets: [NodeAddress: Offset] = [:]
  /// The run of each service's master.
  private(set) var runs: [ServiceName: Run] = [:]
  /// Masters whose run changed while the address stayed.
  private(set) var restarts: [ServiceName: Restart] = [:]
  /// How long good answers of each master stay away, while it isn't down.
  private(set) var silences: [Place: Silences] = [:]
  /// How often in a row more commands were pending than at the look before.
  private(set) var backlogs: [Place: Rise] = [:]
  /// The same for the scripts that wait.
  private(set) var queues: [NodeAddress: Rise] = [:]

  private static let span = Duration.seconds(3_600)
  /// More marks than this are not kept, however much is announced.
  private static let mostMarks = 5_000

  /// What one Sentinel says of one service, or of one of its nodes.
  struct Place: Hashable, Sendable {
    var sentinel: NodeAddress
    var service: ServiceName
    var node: NodeAddress?
  }

  /// Something that a Sentinel said once, or that was noted about it.
  struct Complaint: Hashable, Sendable {
    var source: NodeAddress
    var words: String
    var at: Timestamp
  }

  struct Since<Value: Hashable & Sendable>: Hashable, Sendable {
    var value: Value
    var since: Timestamp
  }

  struct Jump: Hashable, Sendable {
    var from: UInt64
    var to: UInt64
    var at: Timestamp
  }

  /// How much an offset grew between two samples.
  struct Growth: Hashable, Sendable {
    var bytes: Int
    var time: Duration
    var at: Timestamp
    var perSecond: Double {
      let seconds = Double(time.inMilliseconds) / 1_000
      return seconds > 0 ? Double(bytes) / seconds : 0
    }
  }

  private struct Offset: Hashable, Sendable {
    var offset: Int
    var run: String?
    var at: Timestamp
  }

  struct Run: Hashable, Sendable {
    var address: NodeAddress
    var id: String
    var offset: Int?
  }

  struct Restart: Hashable, Sendable {
    var at: Timestamp
    var address: NodeAddress
    var offsetBefore: Int?
    var offsetAfter: Int?
  }

  /// How often a number rose in a row.
  struct Rise: Hashable, Sendable {
    var last: Int
    var times = 0
    var since: Timestamp
    var at: Timestamp

    mutating func take(_ number: Int, at moment: Timestamp) {
      guard moment > at else { return }
      if number > last {
        if times == 0 { since = moment }
        times += 1
      } else if number < last {
        times = 0
      }
      last = number
      at = moment
    }
  }

  init(epochs: [ServiceName: UInt64]) {
    self.epochs = epochs
  }

  /// Takes in what is known now.
  mutating func take(
    _ topology: Topology, _ samples: [ServiceSample], _ log: EventLog, at now: Timestamp
  ) {
    take(log, at: now)
    for vantage in topology.vantages where vantage.isReachable {
      for (service, view) in vantage.services {
        take(view, of: service, from: vantage.address, at: now)
      }
      if let info = vantage.info, let length = info.value.integer("sentinel_scripts_queue_length") {
        queues[vantage.address, default: Rise(last: length, since: info.at, at: info.at)]
          .take(length, at: info.at)
      }
    }
    for sample in samples { take(sample, at: now) }
  }

  private mutating func take(_ log: EventLog, at now: Timestamp) {
    let entries = log.entries
    nextEntry = max(nextEntry, entries.dropped)
    while let entry = entries[number: nextEntry] {
      take(entry)
      nextEntry += 1
    }
    gaps.removeAll { now.duration(since: $0.at) > .seconds(600) }
    refusedWrites.removeAll { now.duration(since: $0.at) > Self.span }
    if events.count > Self.mostMarks { events.removeFirst(events.count - Self.mostMarks / 2) }
    if complaints.count > 100 { complaints.removeFirst(complaints.count - 100) }
    if refusedWrites.count > 100 { refusedWrites.removeFirst(refusedWrites.count - 100) }
    if gaps.count > 100 { gaps.removeFirst(gaps.count - 100) }
    guard let first = events.first, now.duration(since: first.at) > Self.span else { return }
    events.removeAll { now.duration(since: $0.at) > Self.span }
  }

  private mutating func take(_ entry: LogEntry) {
    let source = entry.sources.first?.sentinel
    switch entry.fact {
    case .event:
      if let mark = EventMark(entry) { events.append(mark) }
    case .unreadable(let words):
      guard let source, !complaints.contains(where: { $0.source == source && $0.words == words })
      else { return }
      complaints.append(Complaint(source: source, words: words, at: entry.at))
    case .gap(let time):
      guard let source else { return }
      gaps.append(Complaint(source: source, words: Measure.time(time), at: entry.at))
    case .outcome(let outcome):
      for answer in outcome.answers where answer.verdict.text.contains("save config file") {
        refusedWrites.append(
          Complaint(source: answer.sentinel, words: answer.verdict.text, at: entry.at))
      }
    default: break
    }
  }

  private mutating func take(
    _ view: ServiceView, of service: ServiceName, from sentinel: NodeAddress, at now: Timestamp
  ) {
    let place = Place(sentinel: sentinel, service: service)
    if let step = view.master.failoverState, step != .none {
      if steps[place]?.value != step { steps[place] = Since(value: step, since: view.masterAt) }
    } else {
      steps[place] = nil
    }
    if !view.master.flags.isDown,
      view.master.report.pendingPingAge > .zero
        || view.master.report.sinceValidPing > .zero
    {
      silences[place, default: Silences()]
        .take(view.master.report.sinceValidPing, at: view.masterAt)
    }
    backlogs[place, default: Rise(last: 0, since: view.masterAt, at: view.masterAt)]
      .take(view.master.report.pendingCommands, at: view.masterAt)
    guard let replicas = view.replicas else { return }
    for replica in replicas.value {
      let place = Place(sentinel: sentinel, service: service, node: replica.address)
      backlogs[place, default: Rise(last: 0, since: replicas.at, at: replicas.at)]
        .take(replica.report.pendingCommands, at: replicas.at)
    }
  }

  private mutating func take(_ sample: ServiceSample, at now: Timestamp) {
    take(epoch: sample.agreement.configEpoch, of: sample.service, at: now)
    take(sample.masterFacts, of: sample.master)
    for (address, facts) in sample.replicaFacts { take(facts, of: address) }
    guard let run = sample.masterFacts["run_id"] else { return }
    let offset = sample.masterFacts.integer("master_repl_offset")
    let service = sample.service
    if let before = runs[service], before.address == sample.master, before.id != run.text {
      restarts[service] = Restart(
        at: run.at, address: sample.master, offsetBefore: before.offset, offsetAfter: offset)
    }
    runs[service] = Run(address: sample.master, id: run.text, offset: offset)
  }

  private mutating func take(epoch: UInt64, of service: ServiceName, at now: Timestamp) {
    if let before = epochs[service], epoch > before,
      !events.contains(where: {
        $0.name == .switchMaster && $0.service == service
          && now.duration(since: $0.at) < .seconds(60)
      })
    {
      jumps[service] = Jump(from: before, to: epoch, at: now)
    }
    epochs[service] = epoch
  }

  private mutating func take(_ facts: NodeFacts, of address: NodeAddress) {
    guard let text = facts.info(with: "master_repl_offset"),
      let offset = text.info.integer("master_repl_offset")
    else { return }
    let run = text.info["run_id"]
    // A text may lack the run; then it is taken for the same one.
    if let before = offsets[address], text.at > before.at.advanced(by: .milliseconds(100)) {
      let isSame = before.run == nil || run == nil || before.run == run
      growth[address] =
        isSame && offset >= before.offset
        ? Growth(
          bytes: offset - before.offset, time: text.at.duration(since: before.at), at: text.at)
        : nil
      offsets[address] = Offset(offset: offset, run: run ?? before.run, at: text.at)
    } else if offsets[address] == nil {
      offsets[address] = Offset(offset: offset, run: run, at: text.at)
    }
  }
}
