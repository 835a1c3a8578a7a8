internal import Canvas
internal import SentinelInsight
internal import SentinelModel

/// All Sentinels of the selected service side by side: what each says, where it differs from what
/// most say, and who sees which node down.
enum AgreementPage {
  static func title(_ state: State) -> Text {
    guard let service = state.service?.name else { return "Agreement" }
    return Text("Agreement on ") + Text(service.shown)
  }

  static let emptyWords = [Text("No Sentinel knows a service.", .dim)]

  static func lines(_ state: State, columns: Int) -> [Text] {
    guard let service = state.service?.name,
      let matrix = AgreementMatrix(of: service, in: state.topology, at: state.now)
    else { return [] }
    var lines = verdict(matrix).wrapped(to: columns)
    if let outlook = QuorumOutlook(of: service, in: state.topology, at: state.now) {
      lines += Text(outlook.sentence, outlook.isFine == false ? .critical : .text)
        .wrapped(to: columns)
      for ghost in outlook.ghosts { lines += words(ghost, state).wrapped(to: columns) }
    }
    let isNarrow = columns < 60
    if isNarrow { lines += differences(matrix, columns) }
    lines.append(Text())
    lines += grid(
      corner: "", heads: matrix.rows.map { Text($0.label, $0.isReachable ? .accent : .dim) },
      rows: AgreementMatrix.Column.allCases.map { column in
        (Text(column.title, .header), matrix.rows.map { cell($0[column]) })
      }, columns: columns)
    if let sights = SightMatrix(of: service, in: state.topology) {
      lines += [Text(), Text("Who sees whom down", .title)]
      lines += grid(
        corner: "", heads: sights.rows.map { Text($0.label, $0.isReachable ? .accent : .dim) },
        rows: sights.nodes.enumerated().map { index, node in
          (head(node, isShort: isNarrow), sights.rows.map { sight($0, index, state.now) })
        }, columns: columns)
    }
    return lines
  }

  private static func verdict(_ matrix: AgreementMatrix) -> Text {
    let isWhole = matrix.differences.isEmpty && matrix.agree.count == matrix.agree.of
    let role: Role =
      matrix.settling != nil ? .running : isWhole && matrix.agree.of > 0 ? .healthy : .warning
    return .symbol(role) + Text(" " + matrix.sentence, role)
  }

  private static func words(_ ghost: Ghost, _ state: State) -> Text {
    let reason =
      switch ghost.sign {
      case .silent: "silent" + (ghost.downFor.map { " for \(Ages.words($0))" } ?? "")
      case .replaced(let id): "\(state.topology.label(id: id)) lives at its address now"
      case .unreachableAddress: "it has no address"
      }
    let lister =
      "counted by \(ghost.listedBy.map(state.topology.label(of:)).joined(separator: " "))"
    return .symbol(.warning)
      + Text(" ghost \(ghost.address): \(reason), \(lister); a reset forgets it", .warning)
  }

  /// Where the Sentinels don't stand side by side, what differs is easily overlooked.
  private static func differences(_ matrix: AgreementMatrix, _ columns: Int) -> [Text] {
    guard matrix.differences.count > 1 else { return [] }
    return matrix.differences.flatMap { difference in
      (.symbol(.warning)
        + Text(" \(difference.label) \(difference.column.title) \(difference.value),", .warning)
        + Text(" most \(difference.majority)", .dim)).wrapped(to: columns)
    }
  }

  private static func cell(_ cell: AgreementMatrix.Cell) -> Text {
    switch cell.standing {
    case .agrees: Text(cell.text)
    // A mark beside the colour: some terminals have none.
    case .differs: .symbol(.warning) + Text(" " + cell.text, .warning)
    case .missing: Text(cell.text.isEmpty ? "–" : cell.text, .dim)
    }
  }

  private static func head(_ node: SightMatrix.Node, isShort: Bool) -> Text {
    if isShort {
      // The port must stay in view: often it is all in which they differ.
      return Text(node.role.rawValue.prefix(1).uppercased() + " ", .header)
        + Text(node.label ?? node.address.description)
    }
    return switch node.role {
    case .master: Text("master ", .header) + Text(node.address.description)
    case .replica: Text("replica ", .header) + Text(node.address.description)
    case .sentinel: Text("sentinel ", .header) + Text(node.label ?? node.address.description)
    }
  }

  private static func sight(_ row: SightMatrix.Row, _ index: Int, _ now: Timestamp) -> Text {
    let ground: Role? = row.isReachable ? nil : .dim
    func down(_ word: String, _ since: Timestamp?, _ role: Role) -> Text {
      let age = since.map { " \(Ages.words(now.duration(since: $0)))" } ?? ""
      return .symbol(ground ?? role) + Text(" \(word)\(age)", ground ?? role)
    }
    return switch row.sights[index] {
    case .up: Text("up", ground ?? .text)
    case .down(let since): down("sdown", since, .warning)
    case .downByQuorum(let since): down("odown", since, .critical)
    case .itself: Text("itself", .dim)
    case .unlisted: Text("–", .dim)
    }
  }

  /// Columns as wide as what stands in them; where they don't all fit side by side, in several bands.
  private static func grid(
    corner: String, heads: [Text], rows: [(Text, [Text])], columns: Int
  ) -> [Text] {
    let first = min(rows.map(\.0.columns).max() ?? 0, max(8, columns / 2))
    let widths = heads.indices.map { index in
      max(heads[index].columns, rows.map { $0.1[index].columns }.max() ?? 0)
    }
    var bands: [[Int]] = [[]]
    var used = first
    for index in heads.indices {
      if used + 2 + widths[index] > columns, bands.last?.isEmpty == false {
        bands.append([])
        used = first
      }
      bands[bands.count - 1].append(index)
      used += 2 + widths[index]
    }
    return bands.enumerated().flatMap { number, band -> [Text] in
      func line(_ head: Text, _ cells: (Int) -> Text) -> Text {
        band.reduce(head.padded(to: first)) { $0 + "  " + cells($1).padded(to: widths[$1]) }
      }
      return (number > 0 ? [Text()] : []) + [line(Text(corner), { heads[$0] })]
        + rows.map { row in line(row.0, { row.1[$0] }) }
    }
  }
}
