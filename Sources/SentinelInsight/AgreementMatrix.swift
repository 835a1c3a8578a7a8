package import SentinelModel

/// What each Sentinel says of a service, side by side, and who differs from what most say.
package struct AgreementMatrix: Hashable, Sendable {
  package var service: ServiceName
  /// One row for each Sentinel, in the order of `SentinelSummary`.
  package var rows: [Row]
  /// What most Sentinels that answer say; nothing for columns that aren't held against each other.
  package var majority: [Column: String]
  /// Why differences mean little now; nil where nothing moves.
  package var settling: Settling?

  /// What one Sentinel says.
  package struct Row: Hashable, Sendable {
    package var sentinel: NodeAddress
    /// `s1`, `s2` …; its address where only others speak of it.
    package var label: String
    package var isReachable: Bool
    /// How old its words are; nil where it never said anything.
    package var age: Duration?
    fileprivate var cells: [Column: Cell]

    package subscript(column: Column) -> Cell { cells[column] ?? Cell("", .missing) }
    /// The columns in which it differs.
    package var differs: [Column] { Column.allCases.filter { self[$0].standing == .differs } }
  }

  /// One value, and how it stands to what most say.
  package struct Cell: Hashable, Sendable {
    package var text: String
    package var standing: Standing

    init(_ text: String, _ standing: Standing) {
      self.text = text
      self.standing = standing
    }
  }

  package enum Standing: Hashable, Sendable {
    case agrees
    case differs
    /// The Sentinel doesn't answer, or doesn't say it. The text is then what it said last.
    case missing
  }

  /// Why the Sentinels need not agree yet.
  package enum Settling: Hashable, Sendable {
    case failover(by: NodeAddress, FailoverState)
    /// Somebody took up another master, or the service itself, so long ago.
    case changed(ago: Duration)
  }

  /// One row, one cell.
  package struct Difference: Hashable, Sendable {
    package var sentinel: NodeAddress
    package var label: String
    package var column: Column
    package var value: String
    package var majority: String
  }

  /// After a switch the last Sentinel has heard of it this much later.
  package static let settlingTime = Duration.seconds(5)

  /// Nil for a service that no Sentinel knows.
  package init?(of service: ServiceName, in topology: Topology, at now: Timestamp) {
    guard topology.vantages.contains(where: { $0.services[service] != nil }) else { return nil }
    self.service = service
    let summaries = SentinelSummary.all(of: service, in: topology)
    rows = summaries.map { Row($0, service, in: topology, at: now) }
    majority = [:]
    for column in Column.allCases where column.isCompared {
      let said = rows.compactMap { $0.cells[column]?.standing == .agrees ? $0[column].text : nil }
      majority[column] = Self.most(said)
    }
    // Whom clients are sent to is settled in one place.
    if let agreement = Agreement(of: service, in: topology.vantages) {
      majority[.master] = "\(agreement.address)"
    }
    for index in rows.indices {
      for (column, value) in majority where rows[index].cells[column]?.standing == .agrees {
        if rows[index][column].text != value { rows[index].cells[column]?.standing = .differs }
      }
    }
    settling = Settling(of: service, in: topology, at: now)
  }

  /// What occurs most often; of several such, what was said first.
  private static func most(_ values: [String]) -> String? {
    let counts = values.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
    guard let most = counts.values.max() else { return nil }
    return values.first { counts[$0] == most }
  }

  /// Every cell that differs, row by row.
  package var differences: [Difference] {
    rows.flatMap { row in
      row.differs.map {
        Difference(
          sentinel: row.sentinel, label: row.label, column: $0, value: row[$0].text,
          majority: majority[$0] ?? "")
      }
    }
  }

  /// Sentinels that answer and say what most say, and all that answer.
  package var agree: (count: Int, of: Int) {
    let answering = rows.filter(\.isReachable)
    return (
      answering.count { $0.differs.isEmpty && $0[.master].standing == .agrees }, answering.count
    )
  }

  /// `3/4 agree, s2 differs: config-epoch 11 vs 12`.
  package var sentence: String {
    let agree = agree
    guard agree.of > 0 else { return "no Sentinel answers" }
    let differences = differences
    var parts = [
      agree.count == agree.of ? "all \(agree.of) agree" : "\(agree.count)/\(agree.of) agree"
    ]
    if let first = differences.first {
      var words =
        "\(first.label) differs: \(first.column.title) \(first.value) vs \(first.majority)"
      if differences.count > 1 { words += " and \(differences.count - 1) more" }
      parts.append(words)
    }
    for row in rows where row.isReachable && row[.master].standing == .missing {
      parts.append("\(row.label) doesn't monitor it")
    }
    let silent = rows.filter { !$0.isReachable && $0.age != nil }.map(\.label)
    if !silent.isEmpty { parts.append("\(silent.joined(separator: ", ")) doesn't answer") }
    if settling != nil { parts.append("settling") }
    return parts.joined(separator: ", ")
  }

  /// The columns in which two Sentinels say different things.
  package func differences(
    between left: NodeAddress, and right: NodeAddress
  ) -> [(column: Column, left: String, right: String)] {
    guard let left = rows.first(where: { $0.sentinel == left }),
      let right = rows.first(where: { $0.sentinel == right })
    else { return [] }
    return Column.allCases.filter { $0.isCompared && left[$0].text != right[$0].text }
      .map { ($0, left[$0].text, right[$0].text) }
  }
}

extension AgreementMatrix.Row {
  fileprivate init(
    _ summary: SentinelSummary, _ service: ServiceName, in topology: Topology, at now: Timestamp
  ) {
    sentinel = summary.address
    label = summary.label ?? "\(summary.address)"
    isReachable = summary.isReachable
    age = summary.vantage?.lastHeard.map { max(.zero, now.duration(since: $0)) }
    let view = summary.vantage?.services[service]
    cells = [:]
    for column in AgreementMatrix.Column.allCases {
      guard let text = column.text(summary, view) else { continue }
      cells[column] = AgreementMatrix.Cell(text, isReachable ? .agrees : .missing)
    }
  }
}

extension AgreementMatrix.Settling {
  /// Nil where no failover runs, and no Sentinel has taken up its master just now.
  package init?(of service: ServiceName, in topology: Topology, at now: Timestamp) {
    if let running = RunningFailover(topology.speakers(of: service)) {
      self = .failover(by: running.sentinel, running.step)
      return
    }
    // At a switch a Sentinel begins to count anew how long the master has said what it is.
    let ages = topology.vantages.filter(\.isReachable).compactMap { vantage -> Duration? in
      guard let view = vantage.services[service], view.master.reportedRole != nil else {
        return nil
      }
      return view.master.reportedRoleFor + max(.zero, now.duration(since: view.masterAt))
    }
    guard let youngest = ages.min(), youngest < AgreementMatrix.settlingTime else { return nil }
    self = .changed(ago: youngest)
  }
}
