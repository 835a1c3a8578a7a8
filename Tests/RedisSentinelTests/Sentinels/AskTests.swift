import RESP
import SentinelModel
import Testing

@testable import RedisSentinel

/// Who is asked, and who is asked next.
@Suite(.timeLimit(.minutes(1))) struct AskTests {
  private static let myID = String(repeating: "a", count: 40)
  private static let telling = Scripts.answering(["SENTINEL MYID": Wire.bulk(myID)])

  @Test func `the first one that can be reached answers, and comes first then`() async throws {
    try await withServers(playing: [Scripts.closing, Self.telling, Self.telling]) {
      client, servers in
      let id = try await client.myID()
      #expect(id == Self.myID)
      #expect(client.endpoints == [servers[1], servers[0], servers[2]].map(\.address))
      #expect(servers[2].acceptedCount == 0)
    }
  }

  @Test(arguments: [
    "-ERR Unknown sentinel subcommand 'MYID'\r\n", Wire.noPermission("sentinel|myid"),
    "-WHATEVER no\r\n",
  ])
  func `an error reply is an answer: nobody else is asked`(reply: String) async throws {
    try await withServers(playing: [Scripts.greeting { _, _ in [.send(reply)] }, Self.telling]) {
      client, servers in
      let error = await failure { try await client.myID() }
      #expect(error?.isServerReply == true)
      #expect(error?.endpoint == servers[0].address)
      #expect(servers[1].acceptedCount == 0)
    }
  }

  @Test(arguments: [Scripts.always(Wire.noAuth), Scripts.always("$?\r\n"), Scripts.closing])
  func `a Sentinel that isn't to be talked to is passed over`(
    script: @escaping FakeSentinel.Script
  ) async throws {
    try await withServers(playing: [script, Self.telling]) { client, _ in
      let id = try await client.myID()
      #expect(id == Self.myID)
    }
  }

  @Test func `when nobody can be asked, each one's reason is told`() async throws {
    try await withServers(playing: [Scripts.closing, Scripts.always(Wire.noAuth)]) {
      client, servers in
      let error = await failure { try await client.myID() }
      #expect(error?.code == .sentinelsUnreachable)
      #expect(error?.underlying.map(\.code) == [.connection(.closed), .authentication])
      #expect(error?.underlying.map(\.endpoint) == servers.map(\.address))
    }
  }

  @Test func `a password that everybody refuses is told as that`() async throws {
    try await withServers(playing: [Scripts.always(Wire.noAuth), Scripts.always(Wire.noAuth)]) {
      client, _ in
      let error = await failure { try await client.myID() }
      #expect(error?.code == .authentication)
      #expect(error?.underlying.count == 2)
    }
  }

  @Test func `the one that is named is asked, and nobody in its place`() async throws {
    try await withServers(playing: [Self.telling, Scripts.closing, Self.telling]) {
      client, servers in
      let id = try await client.myID(on: .one(servers[2].address))
      #expect(id == Self.myID)
      let error = await failure {
        try await client.myID(on: .one(servers[1].address))
      }
      #expect(error?.code == .connection(.closed))
      #expect(error?.endpoint == servers[1].address)
      #expect(servers[0].acceptedCount == 0)
    }
  }

  @Test func `by chance, too, those that can't be reached are passed over`() async throws {
    try await withServers(playing: [Scripts.closing, Self.telling, Scripts.closing]) { client, _ in
      for _ in 0..<10 {
        let id = try await client.myID(on: .any)
        #expect(id == Self.myID)
      }
    }
  }

  @Test func `one answer can't come from all`() async throws {
    try await withServers(playing: [Self.telling]) { client, servers in
      let error = await failure {
        try await client.myID(on: .all)
      }
      #expect(error?.code == .invalidConfiguration)
      #expect(servers[0].acceptedCount == 0)
    }
  }

  @Test func `all are asked, and nobody's failure hides another's answer`() async throws {
    try await withServers(
      playing: [
        Scripts.closing, Self.telling, Scripts.always(Wire.noAuth),
        Scripts.greeting { _, _ in [.send("-NOPERM no\r\n")] }, Scripts.greeting { _, _ in [] },
      ],
      patience: .seconds(1)
    ) { client, servers in
      let answers = await client.askAll(SentinelQuery.myID)
      #expect(answers.map(\.endpoint) == servers.map(\.address))
      let codes = answers.map { answer in
        answer.failure?.code
      }
      #expect(
        codes == [
          .connection(.closed), nil, .authentication, .forbidden, .timeout(.command),
        ])
      #expect(answers[1].reply == Self.myID)
      #expect(answers[4].elapsed >= .seconds(1))
      #expect(client.endpoints == servers.map(\.address))
    }
  }

  @Test func `the answers of all are asked for at the same time`() async throws {
    // Each answers only when the other was asked too.
    let gate = Gate(2)
    let waiting = Scripts.greeting { _, _ in
      gate.arrive()
      return []
    }
    try await withServers(playing: [waiting, waiting]) { client, servers in
      let answers = Task { await client.askAll(SentinelQuery.myID) }
      await gate.wait()
      for server in servers { server.push(Wire.bulk(Self.myID)) }
      let replies = try await answers.value.replies()
      #expect(replies == [Self.myID, Self.myID])
    }
  }

  @Test(arguments: [Target.first, .any])
  func `one of all is asked where that is what is wanted`(target: Target) async throws {
    try await withServers(playing: [Self.telling, Self.telling]) { client, servers in
      let answers = await client.askAll(SentinelQuery.myID, on: target)
      #expect(answers.count == 1)
      #expect(servers.map(\.orders.count).reduce(0, +) == 1)
    }
  }

  @Test func `answers become replies, one error, or a list of errors`() throws {
    let one = NodeAddress(host: "a", port: 1)
    func answer(_ result: Result<Int, SentinelError>) -> SentinelAnswer<Int> {
      SentinelAnswer(endpoint: one, result: result, elapsed: .zero)
    }
    let closed = SentinelError(.connection(.closed), "closed", endpoint: one)
    let good = try [answer(.success(1)), answer(.success(2))].replies()
    #expect(good == [1, 2])
    let single = #expect(throws: SentinelError.self) { try [answer(.failure(closed))].replies() }
    #expect(single == closed)
    let several = #expect(throws: SentinelError.self) {
      try [answer(.success(1)), answer(.failure(closed))].replies()
    }
    #expect(several?.code == .partialFailure)
    #expect(several?.underlying == [closed])
    #expect(several?.message.contains("1 of 2") == true)
  }
}
