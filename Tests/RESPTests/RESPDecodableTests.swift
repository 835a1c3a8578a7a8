import RESP
import Testing

@Suite struct RESPDecodableTests {
  /// The value that a reply is read as, or the words in which it is refused.
  private func read<Value: RESPDecodable>(
    _ reply: RESPValue, as type: Value.Type
  ) -> Result<Value, RESPMismatch> {
    do throws(RESPMismatch) {
      return .success(try Value(resp: reply))
    } catch {
      return .failure(error)
    }
  }

  private func refusal<Value: RESPDecodable>(
    of reply: RESPValue, as type: Value.Type
  ) -> String? {
    if case .failure(let mismatch) = read(reply, as: type) { "\(mismatch)" } else { nil }
  }

  @Test(
    arguments: [
      (.bulkString("größe"), "größe"), (.simpleString("OK"), "OK"), (.verbatimString("a"), "a"),
      (.bulkString(""), ""), (.bigNumber("12345678901234567890"), "12345678901234567890"),
      (.integer(1), nil), (.double(1), nil), (.boolean(true), nil), (.null, nil), (.array([]), nil),
      (.bulkString(RESPBytes([0x61, 0xFF])), nil), (.error("ERR no"), nil),
    ] as [(RESPValue, String?)])
  func `text is any string of UTF-8, and nothing else`(reply: RESPValue, text: String?) {
    #expect((try? String(resp: reply)) == text)
  }

  @Test func `bytes are any string, whatever is in it`() throws {
    let bytes: [UInt8] = [0x00, 0x0D, 0x0A, 0xFF]
    #expect(try RESPBytes(resp: .bulkString(RESPBytes(bytes))).bytes == bytes)
    #expect(try [UInt8](resp: .bulkString(RESPBytes(bytes))) == bytes)
    #expect(try [UInt8](resp: .bulkString("")) == [])
    #expect(try [UInt8]?(resp: .null) == nil)
    #expect(
      try [[UInt8]?](resp: .array([.bulkString("a"), .null, .bulkString("b")])) == [
        [97], nil, [98],
      ])
    #expect(
      refusal(of: .array([.integer(1)]), as: [UInt8].self)
        == "a list came where a string was wanted")
  }

  @Test(
    arguments: [
      (.integer(5), 5), (.integer(.min), .min), (.bulkString("-7"), -7), (.simpleString("0"), 0),
      (.bigNumber("9223372036854775807"), .max), (.bigNumber("9223372036854775808"), nil),
      (.bulkString("9223372036854775808"), nil), (.bulkString("1.0"), nil), (.bulkString(""), nil),
      (.bulkString(" 1"), nil), (.bulkString("0x1"), nil), (.bulkString("١"), nil),
      (.double(1), nil),
      (.boolean(true), nil), (.null, nil), (.array([.integer(1)]), nil),
    ] as [(RESPValue, Int64?)])
  func `a whole number comes as one, or as its digits`(reply: RESPValue, number: Int64?) {
    #expect((try? Int64(resp: reply)) == number)
    #expect((try? Int(resp: reply)) == number.map { Int($0) })
  }

  @Test func `a number that doesn't fit is refused, never cut`() throws {
    #expect(try UInt64(resp: .bulkString("18446744073709551615")) == .max)
    #expect(try UInt64(resp: .bigNumber("18446744073709551615")) == .max)
    #expect(
      refusal(of: .integer(-1), as: UInt64.self)
        == "-1 came where an unsigned integer of 64 bits was wanted")
    #expect(
      refusal(of: .bulkString("18446744073709551616"), as: UInt64.self)
        == "a string that spells none came where an unsigned integer of 64 bits was wanted")
    #expect(
      refusal(of: .integer(256), as: UInt8.self)
        == "256 came where an unsigned integer of 8 bits was wanted")
  }

  @Test(
    arguments: [
      (.double(1.5), 1.5), (.integer(-2), -2), (.bulkString("0.1"), 0.1),
      (.bulkString("1e+20"), 1e20),
      (.bulkString("inf"), .infinity), (.bulkString("-inf"), -.infinity),
      (.double(-.infinity), -.infinity), (.bulkString("3"), 3),
      (.bulkString("17179869184.000002"), 17179869184.000002), (.bulkString("0x10"), nil),
      (.bulkString("1e999"), nil), (.bulkString(""), nil), (.bulkString("infinity"), nil),
      (.bulkString(" 1"), nil), (.boolean(true), nil), (.null, nil),
    ] as [(RESPValue, Double?)])
  func `a floating-point number comes as RESP3 has it, or as RESP2 spells it`(
    reply: RESPValue, number: Double?
  ) {
    #expect((try? Double(resp: reply)) == number)
  }

  @Test func `a number that is none is read, as the server said it`() throws {
    #expect(try Double(resp: .bulkString("nan")).isNaN)
    #expect(try Double(resp: .bulkString("-nan")).isNaN)
    #expect(try Double(resp: .double(.nan)).isNaN)
  }

  @Test(
    arguments: [
      (.boolean(true), true), (.boolean(false), false), (.integer(1), true), (.integer(0), false),
      (.simpleString("OK"), true), (.integer(2), nil), (.integer(-1), nil), (.null, nil),
      (.simpleString("QUEUED"), nil), (.bulkString("1"), nil), (.bulkString("OK"), nil),
    ] as [(RESPValue, Bool?)])
  func `yes or no is a boolean, 1 or 0, or a plain OK`(reply: RESPValue, answer: Bool?) {
    #expect((try? Bool(resp: reply)) == answer)
  }

  @Test func `nothing is nil where it may be, and else refused`() throws {
    #expect(try String?(resp: .null) == nil)
    #expect(try String?(resp: .bulkString("a")) == "a")
    #expect(try [Int]?(resp: .null) == nil)
    #expect(try [Int?](resp: .array([.integer(1), .null])) == [1, nil])
    #expect(refusal(of: .null, as: [Int].self) == "nothing came where a list was wanted")
    #expect(
      refusal(of: .integer(1), as: String?.self) == "an integer came where a string was wanted")
  }

  @Test func `a list is a list, a set or a push, but no map`() throws {
    let elements: [RESPValue] = [.integer(1), .bulkString("2")]
    for reply in [RESPValue.array(elements), .set(elements), .push(elements)] {
      #expect(try [Int](resp: reply) == [1, 2])
      #expect(try Set<Int>(resp: reply) == [1, 2])
    }
    #expect(refusal(of: .map(elements), as: [Int].self) == "a map came where a list was wanted")
    #expect(
      refusal(of: .bulkString("1"), as: Set<Int>.self) == "a string came where a list was wanted")
  }

  @Test(arguments: [
    RESPValue.map([.bulkString("a"), .integer(1), .bulkString("b"), .integer(2)]),
    .array([.bulkString("a"), .bulkString("1"), .bulkString("b"), .bulkString("2")]),
    .array([.array([.bulkString("a"), .integer(1)]), .array([.bulkString("b"), .integer(2)])]),
  ])
  func `a dictionary and a list of pairs come in three shapes`(reply: RESPValue) throws {
    #expect(try [String: Int](resp: reply) == ["a": 1, "b": 2])
    #expect(
      try [RESPPair<String, Int>](resp: reply) == [RESPPair("a", 1), RESPPair("b", 2)])
  }

  @Test func `values of pairs may be lists themselves`() throws {
    let flat = RESPValue.array([
      .bulkString("a"), .array([.integer(1), .integer(2)]), .bulkString("b"), .array([]),
    ])
    #expect(try [String: [Int]](resp: flat) == ["a": [1, 2], "b": []])
    #expect(try [String: Int](resp: .array([])) == [:])
    #expect(try [String: Int](resp: .map([])) == [:])
  }

  @Test func `a refusal says where, however deep`() {
    let reply = RESPValue.array([.array([.integer(1)]), .array([.integer(2), .bulkString("x")])])
    #expect(
      refusal(of: reply, as: [[Int]].self)
        == "a string that spells none came where an integer of 64 bits was wanted, "
        + "in element 2, element 2")
    #expect(
      refusal(of: .map([.bulkString("a"), .null]), as: [String: Int].self)
        == "nothing came where an integer was wanted, in element 2")
    #expect(
      refusal(of: .array([.integer(1), .error("ERR no")]), as: [Int].self)
        == "an error (ERR no) came where an integer was wanted, in element 2")
    #expect(
      refusal(of: .array([.bulkString("a")]), as: [String: Int].self)
        == "a list of 1 came where a list of pairs was wanted")
    #expect(
      refusal(of: .array([.integer(1)]), as: RESPPair<Int, Int>.self)
        == "a list of 1 came where a pair was wanted")
  }

  @Test func `a reply as it is is never refused`() throws {
    let reply = RESPValue.array([.null, .error("ERR no"), .map([])])
    #expect(RESPValue(resp: reply) == reply)
    #expect(try [RESPValue](resp: reply) == [.null, .error("ERR no"), .map([])])
  }
}
