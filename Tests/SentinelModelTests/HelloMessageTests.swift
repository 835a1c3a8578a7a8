import SentinelModel
import TestSupport
import Testing

@Suite struct HelloMessageTests {
  @Test func `every recorded hello is read, and put together again from its parts`() throws {
    let lines = try Fixture.text("events/hello-channel.events.txt").split(separator: "\n")
      .filter { !$0.hasPrefix("#") }
    #expect(lines.count > 50)
    for line in lines {
      let payload = try #require(line.split(separator: " ", maxSplits: 3).last)
      let hello = try #require(HelloMessage(parsing: payload))
      let parts = [
        hello.sentinel.host, "\(hello.sentinel.port)", hello.sentinelID, "\(hello.currentEpoch)",
        hello.service.rawValue, hello.master.host, "\(hello.master.port)", "\(hello.configEpoch)",
      ]
      #expect(parts.joined(separator: ",") == payload)
    }
  }

  @Test func `a name may hold commas`() {
    let hello = HelloMessage(parsing: "::1,26379,ab,3,my,odd,name,::2,6379,2")
    #expect(hello?.service == "my,odd,name")
    #expect(hello?.master == NodeAddress(host: "::2", port: 6379))
    #expect(hello?.configEpoch == 2)
  }

  @Test(arguments: [
    "", ",,,,,,,", "127.0.0.1,26379,ab,3,cache,127.0.0.1,6379",
    "127.0.0.1,x,ab,3,cache,127.0.0.1,6379,1", "127.0.0.1,26379,ab,-3,cache,127.0.0.1,6379,1",
    "127.0.0.1,26379,,3,cache,127.0.0.1,6379,1",
  ])
  func `anything else is none`(text: String) {
    #expect(HelloMessage(parsing: text) == nil)
  }
}
