package import SentinelModel

/// What is known of a data node by INFO texts: its own, and those that Sentinels keep of it.
package struct NodeFacts: Hashable, Sendable {
  /// The texts, the youngest first.
  private(set) var texts: [Text] = []

  /// An INFO text, when it was true, and who told it.
  struct Text: Hashable, Sendable {
    var info: ServerInfo
    var at: Timestamp
    /// When it was told.
    var toldAt: Timestamp
    /// The node itself, or the Sentinel that keeps it.
    var source: NodeAddress
    var isCached: Bool
  }

  /// One field, with who told it and when.
  package struct Reading: Hashable, Sendable {
    package var text: String
    package var at: Timestamp
    var toldAt: Timestamp
    package var source: NodeAddress
    package var isCached: Bool
    package var integer: Int? { Int(text) }
  }

  package var isEmpty: Bool { texts.isEmpty }

  /// When the youngest text was true.
  package var at: Timestamp? { texts.first?.at }

  /// The field in the youngest text that has it: a node may be asked for a part only.
  package subscript(field: String) -> Reading? {
    for text in texts {
      if let value = text.info[field] {
        return Reading(
          text: value, at: text.at, toldAt: text.toldAt, source: text.source,
          isCached: text.isCached)
      }
    }
    return nil
  }

  package func integer(_ field: String) -> Int? { self[field]?.integer }

  /// The youngest text that has the field.
  func info(with field: String) -> Text? { texts.first { $0.info[field] != nil } }

  /// The evidence that a field gives.
  func evidence(_ field: String, of node: NodeAddress, limit: String? = nil) -> Evidence? {
    self[field].map {
      Evidence(field, $0.text, limit: limit, of: node, from: $0.source, at: $0.toldAt)
    }
  }

  init(ofMaster address: NodeAddress, _ voices: [ServiceSample.Voice], _ topology: Topology) {
    take(topology.nodes[address])
    for voice in voices where voice.master.address == address {
      take(voice.view.infoCache.map { ($0.value.master, $0.at) }, from: voice.address)
    }
    sort()
  }

  init(ofReplica address: NodeAddress, _ voices: [ServiceSample.Voice], _ topology: Topology) {
    take(topology.nodes[address])
    for voice in voices {
      guard let cache = voice.view.infoCache,
        let runID = voice.replicas.first(where: { $0.address == address })?.report.runID
      else { continue }
      let mine = cache.value.replicas.first { $0.info?["run_id"] == runID }
      take(mine.map { ($0, cache.at) }, from: voice.address)
    }
    sort()
  }

  private mutating func take(_ node: NodeView?) {
    guard let node, node.isReachable, let info = node.info else { return }
    texts.append(
      Text(info: info.value, at: info.at, toldAt: info.at, source: node.address, isCached: false))
  }

  private mutating func take(
    _ cached: (CachedInfo, Timestamp)?, from sentinel: NodeAddress
  ) {
    guard let (cached, at) = cached, let info = cached.info else { return }
    texts.append(
      Text(
        info: info, at: at.advanced(by: .zero - cached.age), toldAt: at, source: sentinel,
        isCached: true))
  }

  private mutating func sort() {
    texts.sort { $0.at > $1.at }
  }
}
