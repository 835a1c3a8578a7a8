import RedisSentinel
import SentinelModel

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Our side of each comparison: does one thing for a while, prints one line of figures, and ends.
///
/// What it takes from the library is public: whoever depends on it has the same.
@main
struct Ours {
  // Not on the main actor: no server has its callers there.
  @concurrent static func main() async {
    do {
      print(try await measure().line)
    } catch {
      print("failed: \(error)")
      exit(1)
    }
  }

  private static func measure() async throws -> Figure {
    var arguments = CommandLine.arguments.dropFirst()
    func next() throws(BadArguments) -> String {
      guard let word = arguments.popFirst() else { throw BadArguments() }
      return word
    }
    func number() throws(BadArguments) -> Int {
      guard let number = Int(try next()) else { throw BadArguments() }
      return number
    }
    func service() throws(BadArguments) -> ServiceName { ServiceName(try next()) }
    func client() throws -> SentinelClient {
      let endpoints = try arguments.map { word in
        guard let address = NodeAddress(parsing: word, defaultPort: 26379) else {
          throw BadArguments()
        }
        return address
      }
      return SentinelClient(configuration: try SentinelConfiguration(endpoints: endpoints))
    }

    switch try next() {
    case "decode":
      return try Decoding.measure(file: next(), milliseconds: number())
    case "encode":
      return try Encoding.measure(milliseconds: number())
    case "refresh":
      return try await Refreshing.measure(service(), rounds: number(), client())
    case "commands":
      return try await Commanding.measure(
        service(), callers: number(), milliseconds: number(), client())
    case "pipeline":
      return try await Pipelining.measure(service(), milliseconds: number(), client())
    case "subscribe":
      return try await Subscribing.measure(service(), milliseconds: number(), client())
    case "discover":
      return try await Discovering.measure(service(), rounds: number(), client().configuration)
    case "failover":
      return try await Switching.measure(service(), client())
    default: throw BadArguments()
    }
  }
}

/// The words on the command line are none that `Compare` would give.
struct BadArguments: Error {}
