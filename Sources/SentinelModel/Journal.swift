/// A list that keeps the newest entries and drops the oldest beyond its capacity.
///
/// Entries keep their number for good, so that a reader can hold its place while the list moves.
public struct Journal<Entry: Sendable>: Sendable {
  private var ring: [Entry] = []
  private var head = 0
  /// How many entries it keeps.
  public let capacity: Int
  /// How many entries were dropped: the number of the oldest one that is kept.
  public private(set) var dropped = 0

  /// An empty journal; a capacity below 1 counts as 1.
  public init(capacity: Int) {
    self.capacity = Swift.max(1, capacity)
  }

  /// Adds an entry at the end and gives its number.
  @discardableResult
  public mutating func append(_ entry: Entry) -> Int {
    if ring.count < capacity {
      ring.append(entry)
    } else {
      ring[head] = entry
      head = (head + 1) % capacity
      dropped += 1
    }
    return dropped + ring.count - 1
  }

  /// The entry of that number; nil where it was dropped or isn't there yet.
  public subscript(number number: Int) -> Entry? {
    get {
      guard let index = index(of: number) else { return nil }
      return ring[index]
    }
    set {
      guard let index = index(of: number), let newValue else { return }
      ring[index] = newValue
    }
  }

  /// The number that the next entry will get.
  public var next: Int { dropped + ring.count }

  private func index(of number: Int) -> Int? {
    guard number >= dropped, number < next else { return nil }
    return (head + number - dropped) % ring.count
  }
}

extension Journal: RandomAccessCollection {
  /// The position of the oldest entry.
  public var startIndex: Int { 0 }
  /// The position behind the newest entry.
  public var endIndex: Int { ring.count }
  /// The entry at a position, the oldest first.
  public subscript(position: Int) -> Entry { ring[(head + position) % ring.count] }
}

extension Journal: Equatable where Entry: Equatable {
  /// Equal when both hold the same entries under the same numbers.
  public static func == (left: Journal, right: Journal) -> Bool {
    left.dropped == right.dropped && left.elementsEqual(right)
  }
}
