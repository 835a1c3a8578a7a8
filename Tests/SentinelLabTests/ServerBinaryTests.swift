import Testing

@testable import SentinelLab

struct ServerBinaryTests {
  @Test(arguments: [
    (
      "Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=ae4d7c97",
      ServerBinary.Flavour.redis, ServerBinary.Version(7, 0, 15)
    ),
    ("Valkey server v=8.0.1 sha=00000000:0 malloc=libc", .valkey, .init(8, 0, 1)),
    ("Redis server v=7.9.224-rc1 sha=00000000:1", .redis, .init(7, 9, 224)),
  ])
  func `a version is read`(
    said: String, flavour: ServerBinary.Flavour, version: ServerBinary.Version
  ) throws {
    let binary = try #require(ServerBinary(path: "/x", said: said))
    #expect(binary.flavour == flavour)
    #expect(binary.version == version)
  }

  @Test(arguments: ["", "redis-cli 7.0.15", "Memcached server v=1.0 x", "Redis server vNext x"])
  func `something else is no server`(said: String) {
    #expect(ServerBinary(path: "/x", said: said) == nil)
  }

  @Test func `the installed server is found`() async throws {
    let binary = try await ServerBinary.find()
    #expect(binary.path.hasSuffix("-server"))
    #expect(binary.version.major >= 5)
  }

  @Test func `where none is, the error says what to install`() async throws {
    let error = try await #require(throws: LabError.self) {
      try await ServerBinary.find(at: "/nowhere/redis-server")
    }
    #expect(error == .noServer(sought: ["/nowhere/redis-server"]))
    #expect("\(error)".contains("apt-get install redis-server"))
  }

  @Test func `another program is told apart`() async throws {
    let error = try await #require(throws: LabError.self) {
      try await ServerBinary.find(at: "/bin/echo")
    }
    guard case .notAServer("/bin/echo", _) = error else {
      Issue.record("\(error)")
      return
    }
  }
}
