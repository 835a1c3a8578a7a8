/// An INFO text that a Sentinel keeps of a data node, with its age.
public struct CachedInfo: Hashable, Sendable {
  /// How old the text is.
  public var age: Duration
  /// The text as fields; nil where the node was never reached.
  public var info: ServerInfo?

  /// A text of that age.
  public init(age: Duration, info: ServerInfo?) {
    self.age = age
    self.info = info
  }
}

/// The INFO texts that a Sentinel keeps of one service.
public struct ServiceInfoCache: Hashable, Sendable {
  /// The service.
  public var service: ServiceName
  /// The master's text.
  public var master: CachedInfo
  /// The replicas' texts, in no order: a text's `run_id` tells whose it is.
  public var replicas: [CachedInfo]

  /// The texts of one service.
  public init(service: ServiceName, master: CachedInfo, replicas: [CachedInfo]) {
    self.service = service
    self.master = master
    self.replicas = replicas
  }
}
