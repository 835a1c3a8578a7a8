import SentinelInsight
import SentinelModel
import Testing

@testable import SentinelMonitor
@testable import sentop

struct LogPrinterTests {
  private var log = EventLog()
  private var printer = LogPrinter()

  private func at(_ milliseconds: Int64) -> Timestamp {
    Timestamp(milliseconds: 1_000_000 + milliseconds)
  }

  private mutating func hear(_ channel: String, from port: Int, at milliseconds: Int64) {
    let event = SentinelEvent(channel: channel, payload: "master cache 127.0.0.1 6379")
    log.apply(
      Observation(
        source: NodeAddress(host: "127.0.0.1", port: port), at: at(milliseconds),
        fact: .event(event)))
  }

  /// The channel and the ports of each line that is due.
  private mutating func lines(at milliseconds: Int64) -> [String] {
    printer.take(
      from: Snapshot(topology: Topology(), log: log, progress: []), at: at(milliseconds)
    ).map { entry in
      ([entry.title] + entry.sources.map { "\($0.sentinel.port)" }).joined(separator: " ")
    }
  }

  @Test mutating func `what goes on repeating itself is printed again now and then`() {
    for second: Int64 in 0..<40 {
      hear("+fix-slave-config", from: 1, at: second * 1_000)
      #expect(lines(at: second * 1_000 + 500).isEmpty == !second.isMultiple(of: 15))
    }
  }

  @Test mutating func `a line waits for further voices, and is printed once`() {
    hear("+sdown", from: 1, at: 0)
    #expect(lines(at: 100) == [])
    hear("+sdown", from: 2, at: 150)
    #expect(lines(at: 299) == [])
    #expect(lines(at: 300) == ["+sdown 1 2"])
    #expect(lines(at: 400) == [])
  }

  @Test mutating func `a late voice gets a line of its own, with the time it came`() {
    hear("+switch-master", from: 1, at: 0)
    #expect(lines(at: 300) == ["+switch-master 1"])
    hear("+switch-master", from: 2, at: 5_000)
    hear("+switch-master", from: 3, at: 5_010)
    let late = printer.take(
      from: Snapshot(topology: Topology(), log: log, progress: []), at: at(5_020))
    #expect(late.map { $0.sources.map(\.sentinel.port) } == [[2, 3]])
    #expect(late.map(\.at) == [at(5_000)])
    #expect(lines(at: 6_000) == [])
  }

  @Test mutating func `lines keep the order in which they were heard`() {
    hear("+sdown", from: 1, at: 0)
    hear("+odown", from: 1, at: 10)
    hear("+try-failover", from: 1, at: 200)
    #expect(lines(at: 310) == ["+sdown 1", "+odown 1"])
    hear("+sdown", from: 2, at: 320)
    #expect(lines(at: 600) == ["+try-failover 1", "+sdown 2"])
  }

  @Test mutating func `the same event again, after its time, is a line again`() {
    hear("+sdown", from: 1, at: 0)
    #expect(lines(at: 300) == ["+sdown 1"])
    hear("-sdown", from: 1, at: 1_000)
    hear("+sdown", from: 1, at: 2_000)
    #expect(lines(at: 2_300) == ["-sdown 1", "+sdown 1"])
  }

  @Test mutating func `lines that were dropped before they were printed are passed over`() {
    log = EventLog(capacity: 2)
    hear("+sdown", from: 1, at: 0)
    #expect(lines(at: 300) == ["+sdown 1"])
    for (number, channel) in ["+odown", "+new-epoch", "+try-failover", "+sdown"].enumerated() {
      hear(channel, from: 1, at: 20_000 + Int64(number))
    }
    #expect(lines(at: 30_000) == ["+try-failover 1", "+sdown 1"])
    #expect(lines(at: 90_000) == [])
  }
}
