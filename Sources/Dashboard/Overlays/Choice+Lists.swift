internal import Canvas
internal import SentinelInsight
internal import SentinelModel

extension Choice {
  /// Every action that means something where the person is.
  static func actions(in state: State) -> [Choice] {
    let mode = state.mode.beneath.kind
    var left: Set<Action> = [.showPalette, .close, .changeSetting, .changeSettingBack]
    if state.labNodes.isEmpty { left.insert(.lab) }
    return state.keymap.rows.filter { $0.modes.contains(mode) && !left.contains($0.action) }
      .map { row in
        Choice(
          title: row.title, detail: row.explanation, keys: row.keys, deed: .perform(row.action),
          refusal: state.refusal(of: row.action)?.text(in: state))
      }
  }

  /// Services to go to and themes to take, which have no key.
  static func places(in state: State) -> [Choice] {
    state.services.map {
      Choice(title: "master \($0.name.shown)", detail: "\($0.address)", deed: .select($0.name))
    } + state.settings.themes.map { Choice(title: "theme \($0)", deed: .theme($0)) }
  }

  /// What of the chosen row is worth copying.
  static func copies(in state: State) -> [Choice] {
    var choices: [Choice] = []
    func add(_ title: String, _ text: String?) {
      guard let text, !text.isEmpty else { return }
      choices.append(Choice(title: title, detail: text, deed: .copy(text)))
    }
    func line(_ address: NodeAddress, _ words: [String]) -> String {
      ShellLine.redisCLI(words, at: address)
    }
    if state.mode.page == .settings {
      add("these settings", state.settings.yaml.joined(separator: "\n"))
    }
    switch state.activePane {
    case .masters:
      guard let service = state.service else { break }
      add("name", service.name.rawValue)
      add("address", "\(service.address)")
      add("redis-cli to the master", line(service.address, []))
      let first = state.topology.vantages.first(where: \.isReachable)?.address
      add(
        "what a Sentinel says of it",
        first.map { line($0, ["SENTINEL", "MASTER", service.name.rawValue]) })
      add("row", row(service, MastersPane.columns(state, width: .max)))
    case .replicas:
      let rows = state.shownReplicas
      guard let replica = state.selectedReplica.row(in: rows, by: \.address).map({ rows[$0] })
      else { break }
      add("address", "\(replica.address)")
      add("redis-cli to the replica", line(replica.address, []))
      add("its replication", line(replica.address, ["INFO", "replication"]))
      add("run id", replica.state.report.runID)
      add("row", row(replica, ReplicasPane.columns(state, width: .max)))
    case .sentinels:
      let rows = state.shownSentinels
      guard let sentinel = state.selectedSentinel.row(in: rows, by: \.address).map({ rows[$0] })
      else { break }
      add("address", "\(sentinel.address)")
      add("redis-cli to the Sentinel", line(sentinel.address, []))
      add("its masters", line(sentinel.address, ["SENTINEL", "MASTERS"]))
      add("id", sentinel.id)
      add("row", row(sentinel, SentinelsPane.columns(state, width: .max)))
    case .events:
      let place = state.eventsPlace.selected(of: state.shownEvents)
      let number = place.map { state.shownEvents[$0] } ?? state.shownEvents.last
      guard let entry = number.flatMap({ state.log.entries[number: $0] }) else { break }
      add("line", row(entry, EventsPane.columns(state, width: .max)))
      if case .event(let event) = entry.fact {
        add("as announced", "\(event.channel) \(event.payload)")
      }
    }
    if let entry = state.commandLog.last, let answer = entry.answers?.first {
      add("last command for redis-cli", entry.shellLine(for: answer.sentinel))
    }
    if let finding = state.findings.first(where: { $0.command != nil }) {
      add("the doctor's command (\(finding.rule))", finding.command)
    }
    return choices
  }

  private static func row<Row>(_ row: Row, _ columns: [Column<Row>]) -> String {
    columns.filter { !$0.field.isEmpty }.map { $0.text(row).plain }.filter { !$0.isEmpty }
      .joined(separator: "  ")
  }

  static func exports(in state: State) -> [Choice] {
    let list = state.activePane
    let subject = list.title.lowercased()
    return Export.Form.allCases.map { form in
      let name =
        switch form {
        case .csv: "CSV"
        case .json: "JSON"
        case .markdown: "Markdown"
        case .text: "text"
        case .ansi: "text with colours"
        case .svg: "SVG picture"
        }
      return Choice(
        title: "\(form.isOfScreen ? "screen" : subject) as \(name)",
        detail: form.isOfScreen
          ? "as it stands here" : "all rows that match, with all columns",
        deed: .export(Export(subject: form.isOfScreen ? "screen" : subject, form: form)))
    }
  }

  static func deeds(in state: State) -> [Choice] {
    // What is selected comes first, then what belongs to the selected service.
    let replicas = Set((state.replicas ?? []).map(\.address))
    let selected =
      switch state.pane {
      case .replicas: state.selectedReplica.name
      case .sentinels: state.selectedSentinel.name
      case .masters, .events: state.service?.address
      }
    func distance(_ node: DemoNode) -> Int {
      if node.address == selected { return 0 }
      if node.address == state.service?.address { return 1 }
      return replicas.contains(node.address) ? 2 : node.role == .sentinel ? 3 : 4
    }
    let nodes = state.labNodes.enumerated().sorted {
      (distance($0.element), $0.offset) < (distance($1.element), $1.offset)
    }.map(\.element)
    return nodes.flatMap { node in
      node.deeds.map { kind in
        Choice(
          title: "\(kind.rawValue) \(node.name)",
          detail: "\(node.address), \(node.role.rawValue) now · \(kind.explanation)",
          deed: .lab(LabDeed(kind: kind, node: node.name)))
      }
    }
  }
}
