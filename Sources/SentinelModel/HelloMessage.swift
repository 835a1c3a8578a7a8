/// What a Sentinel tells the others every two seconds, through the data nodes.
public struct HelloMessage: Hashable, Sendable {
  /// Where the Sentinel says it listens.
  public var sentinel: NodeAddress
  /// The Sentinel's lasting id.
  public var sentinelID: String
  /// The Sentinel's current epoch, which no command shows.
  public var currentEpoch: UInt64
  /// The service it speaks of.
  public var service: ServiceName
  /// The master as it believes it to be.
  public var master: NodeAddress
  /// The number of that configuration.
  public var configEpoch: UInt64

  /// The channel of the data nodes on which it is said.
  public static let channel = "__sentinel__:hello"

  /// Reads `ip,port,id,epoch,name,ip,port,epoch`. A service's name may hold commas: it is what is
  /// left between the four fields before it and the three behind it. Nil for anything else.
  public init?(parsing text: some StringProtocol) {
    let parts = String(text).split(separator: "," as Character, omittingEmptySubsequences: false)
      .map(String.init)
    guard parts.count >= 8, let port = Int(parts[1]), let epoch = UInt64(parts[3]),
      let masterPort = Int(parts[parts.count - 2]),
      let configEpoch = UInt64(parts[parts.count - 1]),
      !parts[2].isEmpty
    else { return nil }
    sentinel = NodeAddress(host: parts[0], port: port)
    sentinelID = parts[2]
    currentEpoch = epoch
    service = ServiceName(parts[4..<(parts.count - 3)].joined(separator: ","))
    master = NodeAddress(host: parts[parts.count - 3], port: masterPort)
    self.configEpoch = configEpoch
  }
}
