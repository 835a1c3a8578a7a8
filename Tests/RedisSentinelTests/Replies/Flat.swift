import RESP

/// Names and values as a server sends them in RESP2: strings in turn.
func flat(_ pairs: [(String, String)]) -> [RESPValue] {
  pairs.flatMap { [.bulkString(RESPBytes($0.0)), .bulkString(RESPBytes($0.1))] }
}

extension RESPValue {
  /// The elements of a list of names and values in turn, pair by pair, in the opposite order.
  var reversedPairs: RESPValue {
    guard let elements else { return self }
    let keys = stride(from: elements.count - 2, through: 0, by: -2)
    return .array(keys.flatMap { elements[$0...$0 + 1] })
  }

  /// The same list of names and values with one of them changed, added, or for nil left out.
  func with(_ name: String, _ value: String?) -> RESPValue {
    guard var elements else { return self }
    if let place = stride(from: 0, to: elements.count, by: 2).first(where: {
      elements[$0].text == name
    }) {
      elements.removeSubrange(place...place + 1)
    }
    return .array(elements + (value.map { flat([(name, $0)]) } ?? []))
  }
}
