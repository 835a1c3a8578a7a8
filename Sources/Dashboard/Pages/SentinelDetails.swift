internal import Canvas
internal import SentinelInsight
internal import SentinelModel

/// A Sentinel: how it answers us, its own settings, and what the others say of it.
enum SentinelDetails {
  static func lines(_ sentinel: SentinelSummary, _ state: State) -> [DetailLine] {
    let (topology, now) = (state.topology, state.now)
    var lines: [DetailLine] = []
    if let vantage = sentinel.vantage {
      lines += [
        .heading("As it answers us", vantage.lastHeard.map { now.duration(since: $0) }),
        .fields(fields(vantage)), .blank,
      ]
      let trend = DetailLine.trend(.roundTrip(vantage.address), state, unit: "µs")
      if !trend.isEmpty { lines += trend + [.blank] }
      if case .unreachable(let since, let reason) = vantage.contact {
        let age = Ages.words(now.duration(since: since))
        lines += [.text(Text("It doesn't answer for \(age): \(reason)", .warning)), .blank]
      }
      if let settings = vantage.configuration {
        let fields = settings.value.sorted { $0.key < $1.key }.map {
          ($0.key, Text($0.value.isEmpty ? "–" : $0.value))
        }
        lines += [
          .heading("Its settings", now.duration(since: settings.at)), .fields(fields), .blank,
        ]
      }
    } else {
      lines += [.text(Text("Known only from the others: we don't talk to it.", .unknown)), .blank]
    }
    for vantage in topology.vantages {
      guard let service = state.service?.name,
        let rows = vantage.services[service]?.sentinels,
        let row = rows.value.first(where: {
          sentinel.id == nil ? $0.address == sentinel.address : $0.id == sentinel.id
        })
      else { continue }
      let who = "By \(topology.label(of: vantage.address)) \(vantage.address)"
      lines.append(.heading(who, now.duration(since: rows.at)))
      lines += [.fields(row.details(topology)), .blank]
    }
    return lines
  }

  private static func fields(_ vantage: Vantage) -> [(String, Text)] {
    [
      ("address", Text(vantage.address.description)),
      ("id", Text(vantage.identity?.id ?? "–")),
      ("version", Text(vantage.identity?.version ?? "–")),
      ("protocol", Text(vantage.identity.map { "RESP\($0.respVersion)" } ?? "–")),
      ("round trip", Text(vantage.roundTrip.map(Measure.time) ?? "–")),
      ("events", events(vantage.hearing)),
      ("tilt", vantage.isTilted.map { $0 ? Text("tilt", .warning) : Text("no") } ?? Text("–")),
      ("services", Text("\(vantage.services.count)")),
      ("scripts", Text(vantage.scripts.map { "\($0.value.count)" } ?? "–")),
    ]
  }

  private static func events(_ hearing: Vantage.Hearing) -> Text {
    switch hearing {
    case .no: Text("not heard", .warning)
    case .yes: Text("heard")
    case .refused(let reason): Text("refused: \(reason)", .warning)
    }
  }
}
