import SentinelInsight
import SentinelModel
import Testing

@testable import sentop

struct EventJSONTests {
  private let sentinel = NodeAddress(host: "127.0.0.1", port: 26379)

  private func line(_ channel: String, _ payload: String, knows: [ServiceName] = []) throws
    -> String
  {
    let event = SentinelEvent(channel: channel, payload: payload, knownServices: knows)
    var entry = LogEntry(
      .event(event), at: Timestamp(milliseconds: 1_700_000_000_123), service: event.service)
    entry.sources = [LogEntry.Source(sentinel: sentinel, at: entry.at)]
    return try JSONOutput.line(EventJSON(entry, in: Topology()))
  }

  @Test func `an event names its master, its sources, and what was published`() throws {
    let line = try line("+sdown", "master cache 127.0.0.1 6379")
    for part in [
      #""at":"2023-11-14T22:13:20.123Z""#, #""event":"+sdown""#, #""master":"cache""#,
      #""observed":false"#, #""raw":"master cache 127.0.0.1 6379""#, #""schema":1"#,
      #"{"at":"2023-11-14T22:13:20.123Z","sentinel":"127.0.0.1:26379"}"#,
    ] {
      #expect(line.contains(part))
    }
    #expect(!line.contains("\n"))
  }

  @Test(arguments: [
    "master cache 127.0.0.1 6379 auth-pass s3cret",
    // Servers before 6.2.8 publish the option as it was typed.
    "master cache 127.0.0.1 6379 AUTH-PASS s3cret",
    "master cache 127.0.0.1 6379 auth-pass s3cret with s3cret spaces ",
    // Nothing that could be read as an instance.
    "cache auth-pass s3cret", "master cache 127.0.0.1 70000 auth-pass s3cret", "auth-pass s3cret",
  ])
  func `a password that a Sentinel published isn't passed on`(payload: String) throws {
    #expect(try !line("+set", payload).contains("s3cret"))
    #expect(try !line("+set", payload, knows: ["cache"]).contains("s3cret"))
  }

  @Test func `what was only seen by polling says so, and what was said again is counted`() throws {
    let event = SentinelEvent(channel: "+sdown", payload: "master cache 127.0.0.1 6379")
    let moment = Timestamp(milliseconds: 1_700_000_000_123)
    let seen = LogEntry(.observed(event), at: moment, service: "cache")
    let text = try JSONOutput.line(EventJSON(seen, in: Topology()))
    #expect(text.contains(#""event":"+sdown""#))
    #expect(text.contains(#""observed":true"#))
    #expect(!text.contains(#""raw""#))
    #expect(text.contains(#""repeats":0"#))
    var again = LogEntry(.event(event), at: moment, service: "cache")
    again.repeats = 7
    #expect(
      try JSONOutput.line(EventJSON(again, in: Topology())).contains(#""repeats":7"#))
  }

  @Test func `other settings are shown as they are`() throws {
    #expect(try line("+set", "master cache 127.0.0.1 6379 quorum 3").contains("quorum 3"))
    #expect(try line("+set", "master cache 127.0.0.1 6379 auth-pass ").contains("auth-pass "))
  }

  @Test func `what a server put in to move the cursor is escaped`() throws {
    let line = try line("+sdown", "master a\u{1B}[2J\nb 127.0.0.1 6379")
    #expect(line.utf8.allSatisfy { $0 >= 0x20 })
  }

  @Test func `what no Sentinel announced is marked as observed`() throws {
    let entry = LogEntry(
      .lost("connection refused"), at: Timestamp(milliseconds: 0),
      sources: [LogEntry.Source(sentinel: sentinel, at: Timestamp(milliseconds: 0))])
    let line = try JSONOutput.line(EventJSON(entry, in: Topology()))
    #expect(line.contains(#""observed":true"#))
    #expect(!line.contains(#""raw""#))
  }
}
