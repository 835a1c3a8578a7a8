import SentinelInsight
import SentinelModel
import Testing

@Suite struct EventDictionaryTests {
  @Test func `every event is explained in sentences of its own`() {
    var meanings: Set<String> = []
    for name in EventName.allCases {
      let explanation = EventDictionary.explanation(of: name)
      #expect(meanings.insert(explanation.meaning).inserted, "\(name) is explained like another")
      for text in [explanation.meaning, explanation.next, explanation.unusual] {
        #expect(text.hasSuffix("."), "\(name): \(text)")
        #expect(!text.contains("  "), "\(name): \(text)")
        #expect(text.count < 260, "\(name): \(text)")
      }
    }
  }

  @Test func `of an sdown it matters whose it is, and an unknown channel has no explanation`() {
    let master = SentinelEvent(channel: "+sdown", payload: "master cache 10.0.0.1 1")
    let sentinel = SentinelEvent(
      channel: "+sdown", payload: "sentinel abc 10.0.0.1 1 @ cache 10.0.0.1 1")
    let unknown = SentinelEvent(channel: "+something-new", payload: "")
    #expect(
      EventDictionary.explanation(of: master)?.meaning
        != EventDictionary.explanation(of: sentinel)?.meaning)
    #expect(EventDictionary.explanation(of: unknown) == nil)
  }
}
