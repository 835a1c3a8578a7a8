internal import Canvas
internal import SentinelInsight
internal import SentinelModel

/// Figures over time, one a second: how far replicas are behind, how long Sentinels take to answer.
///
/// A second in which nothing was known is a gap. What isn't told of any more goes after a while.
package struct Trends: Sendable {
  /// What a figure is of.
  enum Figure: Hashable, Sendable {
    /// Bytes that the replica is behind.
    case lag(NodeAddress)
    /// Microseconds that the Sentinel took to answer.
    case roundTrip(NodeAddress)
  }

  private var series: [Figure: Series] = [:]
  private static let longest = 240
  private static let mostSeries = 400

  private struct Series {
    /// The second that the first value is of.
    var start: Int64
    var values: [Double?] = []
    var end: Int64 { start + Int64(values.count) }
  }

  package init() {}

  /// Takes the figures of that moment; of one second the last ones count.
  mutating func note(_ figures: [(Figure, Double?)], at now: Timestamp) {
    let second = now.milliseconds / 1_000
    for (figure, value) in figures {
      guard series[figure] != nil || series.count < Self.mostSeries else { continue }
      var known = series[figure] ?? Series(start: second)
      if second - known.end > Int64(Self.longest) { known = Series(start: second) }
      while known.end <= second { known.values.append(nil) }
      let index = Int(second - known.start)
      if known.values.indices.contains(index) { known.values[index] = value }
      let excess = known.values.count - Self.longest
      if excess > 0 {
        known.values.removeFirst(excess)
        known.start += Int64(excess)
      }
      series[figure] = known
    }
    series = series.filter { second - $0.value.end < 600 }
  }

  /// The figures of so many seconds up to that moment, the newest last.
  func values(of figure: Figure, last count: Int, until now: Timestamp) -> [Double?] {
    let second = now.milliseconds / 1_000
    guard let known = series[figure] else { return [] }
    return ((second - Int64(count) + 1)...second).map { moment in
      let index = moment - known.start
      return index >= 0 && index < known.values.count ? known.values[Int(index)] : nil
    }
  }

  /// Drawn small: exactly that many columns.
  func sparkline(
    of figure: Figure, columns: Int, _ symbols: Symbols, until now: Timestamp
  ) -> Text {
    let marks: Sparkline.Marks = symbols == .ascii ? .ascii : .braille
    let count = marks == .braille ? columns * 2 : columns
    return Sparkline(values(of: figure, last: count, until: now), marks: marks)
      .text(columns: columns)
  }
}

extension State {
  /// Notes the figures of what is looked at.
  mutating func noteTrends() {
    let known = lags
    let behind = (replicas ?? []).map { replica in
      let lag = known[replica.address]
      let isFresh = lag.map { $0.age < .seconds(20) && !$0.isForeign } ?? false
      return (Trends.Figure.lag(replica.address), isFresh ? lag?.bytes.map(Double.init) : nil)
    }
    let times = topology.vantages.map { vantage in
      (
        Trends.Figure.roundTrip(vantage.address),
        vantage.isReachable ? vantage.roundTrip.map { Double($0.inMicroseconds) } : nil
      )
    }
    trends.note(behind + times, at: now)
  }
}
