import RedisSentinel
import SentinelModel

/// Our side of each comparison: does one thing for a while, prints one line of figures, and ends.
///
/// What it takes from the library is public: whoever depends on it has the same.
@main
struct Ours {
  static func main() async throws {
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
        guard let address = NodeAddress(parsing: word, defaultPort: 26379) else { throw BadArguments() }
        return address
      }
      return SentinelClient(configuration: try SentinelConfiguration(endpoints: endpoints))
    }

    let figure: Figure
    switch try next() {
    case "decode":
      figure = try Decoding.measure(file: next(), milliseconds: number())
    case "refresh":
      figure = try await Refreshing.measure(service(), rounds: number(), client())
    case "commands":
      figure = try await Commanding.measure(
        service(), callers: number(), milliseconds: number(), client())
    case "discover":
      figure = try await Discovering.measure(service(), rounds: number(), client().configuration)
    case "failover":
      figure = try await Switching.measure(service(), client())
    default: throw BadArguments()
    }
    print(figure.line)
  }
}

/// The words on the command line are none that `Compare` would give.
struct BadArguments: Error {}
