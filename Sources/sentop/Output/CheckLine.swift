import SentinelInsight
import SentinelModel

/// The verdict on a deployment in one line, with figures.
struct CheckLine {
  let verdict: DoctorVerdict
  let sentence: String
  let figures: [Figure]

  /// A number behind the bar, with its bounds.
  struct Figure {
    var label: String
    var value: Int
    var most: Int?

    /// `label=value;warn;crit;min;max`
    var text: String { "\(label)=\(value);;;0;\(most.map(String.init) ?? "")" }
  }

  /// `SENTINEL CRITICAL - mymaster: the master is down (D69); 2 more | critical=1;;;0; …`
  var text: String {
    // A bar ends the sentence wherever it stands.
    let words = sentence.printable.replacing("|", with: "/")
    let head = "SENTINEL \(verdict.word.uppercased()) - \(words)"
    return figures.isEmpty ? head : head + " | " + figures.map(\.text).joined(separator: " ")
  }

  init(_ diagnosis: Diagnosis, only service: ServiceName?) {
    let topology = diagnosis.topology
    let summaries = ServiceSummary.all(in: topology).filter {
      service == nil || $0.name == service
    }
    let counted = diagnosis.findings.filter(\.counts)
    let present = counted.filter { $0.standing == .present }
    verdict = diagnosis.verdict
    let up = summaries.compactMap(\.replicasUp).reduce(0, +)
    let known = summaries.reduce(0) { $0 + $1.replicasKnown }
    let reachable = topology.vantages.count(where: \.isReachable)
    let unknown = counted.count { $0.standing == .unknown }
    figures = [
      Figure(label: "critical", value: present.count { $0.severity == .critical }),
      Figure(label: "warnings", value: present.count { $0.severity == .warning }),
      Figure(label: "unknown", value: unknown),
      Figure(
        label: "masters_up", value: summaries.count { $0.health == .up }, most: summaries.count),
      Figure(label: "replicas_up", value: up, most: known),
      Figure(label: "sentinels_up", value: reachable, most: topology.vantages.count),
    ]
    let bad = present.filter { $0.severity >= .warning }
    if let worst = bad.first {
      sentence =
        Self.words(for: worst, in: topology) + (bad.count > 1 ? "; \(bad.count - 1) more" : "")
    } else if verdict == .unknown, let finding = counted.first(where: { $0.standing == .unknown }) {
      sentence =
        "\(Self.words(for: finding, in: topology)), \(finding.evidence.first?.value ?? "")"
        + (unknown > 1 ? "; \(unknown - 1) more" : "")
    } else {
      let masters = summaries.map { "\($0.name) at \($0.address)" }.joined(separator: ", ")
      sentence =
        (summaries.isEmpty ? "no master is monitored" : masters)
        + ", \(up) of \(known) replicas, \(reachable) of \(topology.vantages.count) Sentinels"
    }
  }

  /// Nobody could be asked.
  init(_ trouble: Trouble) {
    verdict = .unknown
    sentence = trouble.description.split(separator: "\n").map { line in
      String(line.drop(while: \.isWhitespace))
    }.joined(separator: "; ")
    figures = []
  }

  private static func words(for finding: Finding, in topology: Topology) -> String {
    let service = finding.subject.service.map { "\($0): " } ?? ""
    return "\(service)\(finding.title) (\(finding.rule))"
  }
}

/// The same as one object.
struct CheckJSON: Encodable {
  var schema = JSONOutput.schema
  var status: String
  var text: String
  var figures: [String: Int]

  init(_ line: CheckLine) {
    status = line.verdict.word
    text = line.sentence
    figures = Dictionary(line.figures.map { ($0.label, $0.value) }) { first, _ in first }
  }
}
