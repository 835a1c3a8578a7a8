import RESP
import Testing

@Suite struct RESPValueTests {
  @Test(
    arguments: [
      (.bulkString("42"), "42", 42), (.simpleString("-7"), "-7", -7),
      (.verbatimString("+5"), "+5", 5), (.integer(3), "3", 3), (.bulkString(""), "", nil),
      (.bulkString("4 2"), "4 2", nil), (.bulkString("0x10"), "0x10", nil),
      (.bigNumber("12"), "12", 12), (.bigNumber("9223372036854775808"), "9223372036854775808", nil),
      (.error("ERR 1"), nil, nil), (.null, nil, nil), (.array([.integer(1)]), nil, nil),
      (.double(1), nil, nil), (.boolean(true), nil, nil),
    ] as [(RESPValue, String?, Int64?)])
  func `text and number are read out of any kind of string`(
    value: RESPValue, text: String?, integer: Int64?
  ) {
    #expect(value.text == text)
    #expect(value.integer == integer)
  }

  @Test(
    arguments: [
      (.array([.null]), [.null]), (.set([.integer(1)]), [.integer(1)]), (.push([]), []),
      (.map([.integer(1), .integer(2)]), [.integer(1), .integer(2)]), (.null, nil),
      (.bulkString("a"), nil), (.error("ERR"), nil),
    ] as [(RESPValue, [RESPValue]?)])
  func `lists of all kinds give their elements`(value: RESPValue, elements: [RESPValue]?) {
    #expect(value.elements == elements)
  }

  @Test func `only an error has the text of an error`() {
    #expect(RESPValue.error("ERR no").errorText == "ERR no")
    #expect(RESPValue.simpleString("ERR no").errorText == nil)
  }

  @Test func `no two kinds have the same name`() {
    let all: [RESPValue] = [
      .simpleString(""), .bulkString(""), .verbatimString(""), .error(""), .integer(0), .double(0),
      .boolean(true), .bigNumber("0"), .null, .array([]), .set([]), .map([]), .push([]),
    ]
    #expect(Set(all.map(\.kind)).count == all.count)
  }
}
