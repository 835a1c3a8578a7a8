import SentinelModel
import Testing

@testable import RedisSentinel

/// What all Sentinels say in one round.
@Suite(.timeLimit(.minutes(1))) struct SurveyTests {
  private static let script = Scripts.answering([
    "SENTINEL MASTERS": Wire.list([Wire.master("b"), Wire.map([("name", "bad")]), Wire.master("a")]
    ),
    "SENTINEL REPLICAS a": Wire.list([Wire.replica(6381), Wire.replica(6380)]),
    "SENTINEL SENTINELS a": Wire.list([Wire.sentinel("s2", port: 26380)]),
  ])

  @Test func `each Sentinel is asked everything, and answers for itself`() async throws {
    try await withServers(playing: [Self.script, Scripts.always(Wire.noAuth), Self.script]) {
      client, servers in
      let answers = await client.survey(of: "a")
      #expect(answers.map(\.endpoint) == servers.map(\.address))
      #expect(answers[1].failure?.code == .authentication)
      for survey in [answers[0].reply, answers[2].reply] {
        #expect(survey?.masters.map(\.name) == ["a", "b"])
        #expect(survey?.replicas.map(\.address.port) == [6380, 6381])
        #expect(survey?.otherSentinels.map(\.address.port) == [26380])
      }
      #expect(servers[0].orders.count == 3)
    }
  }

  @Test func `a service that a Sentinel doesn't know is told with its name`() async throws {
    let script = Scripts.answering([
      "SENTINEL MASTERS": Wire.list([]), "SENTINEL REPLICAS a": Wire.unknownService,
      "SENTINEL SENTINELS a": Wire.unknownService,
    ])
    try await withServers(playing: [script]) { client, _ in
      let answers = await client.survey(of: "a")
      #expect(answers.first?.failure?.code == .masterNotFound(.unknownService))
      #expect(answers.first?.failure?.service == "a")
    }
  }

  @Test func `a cancelled task asks nobody`()
    async throws
  {
    let script = Scripts.answering(["SENTINEL MASTERS": Wire.list([])])
    try await withServers(playing: [script]) { client, servers in
      _ = await client.askAll(.masters)
      let asked = servers[0].orders.count
      let cancelled = await Task {
        withUnsafeCurrentTask { $0?.cancel() }
        return await client.askAll(.masters)
      }.value
      #expect(cancelled.first?.failure?.code == .cancelled)
      #expect(servers[0].orders.count == asked)
    }
  }

  @Test func `a Sentinel that has come back is asked over a new connection`() async throws {
    try await withServers(playing: [Self.script, Self.script]) { client, servers in
      _ = await client.survey(of: "a")
      servers[0].hangUp()
      // The end is noticed by the next call, or before it.
      var answers = await client.survey(of: "a")
      #expect(answers[1].reply != nil)
      if answers[0].reply == nil { answers = await client.survey(of: "a") }
      #expect(answers.map { $0.reply?.masters.count } == [2, 2])
    }
  }
}
