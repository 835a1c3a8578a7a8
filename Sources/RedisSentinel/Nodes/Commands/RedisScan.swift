public import RESP

/// One page of a scan: some elements, and where to go on.
public struct ScanPage<Element: RESPDecodable>: RESPDecodable {
  /// The words with which the server finds the next page, at this node only; nil after the last one.
  public var next: RESPBytes?
  /// The elements; a page may be empty and yet not be the last.
  public var elements: [Element]

  /// Reads a cursor, and a list of elements.
  public init(resp value: RESPValue) throws(RESPMismatch) {
    let page = try RESPPair<RESPBytes, [Element]>(resp: value)
    next = page.first == "0" ? nil : page.first
    elements = page.second
  }
}

extension ScanPage: Equatable where Element: Equatable {}
extension ScanPage: Hashable where Element: Hashable {}

/// All elements of a scan, fetched page by page as they are read.
///
/// What is there all the while comes at least once, perhaps more often; what is added or removed
/// meanwhile may come or not. A cursor means something to one node only, so the executor has to stay
/// with one.
public struct RedisScan<Element: RESPDecodable>: AsyncSequence, Sendable {
  /// Why a page couldn't be fetched.
  public typealias Failure = SentinelError

  private let executor: any RedisExecutor
  private let page: @Sendable (RESPBytes?) -> RedisCommand<ScanPage<Element>>

  init(
    _ executor: any RedisExecutor,
    page: @escaping @Sendable (RESPBytes?) -> RedisCommand<ScanPage<Element>>
  ) {
    self.executor = executor
    self.page = page
  }

  /// Starts from the beginning.
  public func makeAsyncIterator() -> Iterator {
    Iterator(executor: executor, page: page)
  }

  /// Where somebody stands in a scan.
  public struct Iterator: AsyncIteratorProtocol {
    fileprivate let executor: any RedisExecutor
    fileprivate let page: @Sendable (RESPBytes?) -> RedisCommand<ScanPage<Element>>
    private var elements: ArraySlice<Element> = []
    private var cursor: RESPBytes?
    private var isLast = false

    fileprivate init(
      executor: any RedisExecutor,
      page: @escaping @Sendable (RESPBytes?) -> RedisCommand<ScanPage<Element>>
    ) {
      self.executor = executor
      self.page = page
    }

    /// The next element; nil after the last.
    ///
    /// - Throws: where the next page can't be fetched; the scan ends with that.
    public mutating func next(
      isolation actor: isolated (any Actor)?
    ) async throws(SentinelError) -> Element? {
      while elements.isEmpty, !isLast {
        // Whatever goes wrong, it doesn't go on: it might be with another node.
        isLast = true
        let fetched = try await executor.execute(page(cursor))
        elements = fetched.elements[...]
        cursor = fetched.next
        isLast = cursor == nil
      }
      return elements.popFirst()
    }
  }
}
