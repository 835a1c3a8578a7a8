import SentinelModel
import Testing

@Suite struct JournalTests {
  @Test func `entries are kept in order and numbered from zero`() {
    var journal = Journal<String>(capacity: 3)
    #expect(journal.append("a") == 0)
    #expect(journal.append("b") == 1)
    #expect(Array(journal) == ["a", "b"])
    #expect(journal.dropped == 0 && journal.next == 2)
  }

  @Test func `the oldest are dropped, and numbers stay`() {
    var journal = Journal<Int>(capacity: 3)
    for number in 0..<10 { #expect(journal.append(number) == number) }
    #expect(Array(journal) == [7, 8, 9])
    #expect(journal.dropped == 7 && journal.next == 10 && journal.count == 3)
    for number in 0..<7 { #expect(journal[number: number] == nil) }
    for number in 7..<10 { #expect(journal[number: number] == number) }
    #expect(journal[number: 10] == nil)
    #expect(journal[number: -1] == nil)
    #expect(journal.first == 7 && journal.last == 9 && journal[1] == 8)
    #expect(Array(journal.reversed()) == [9, 8, 7])
  }

  @Test func `an entry can be changed by its number, and none be put where none is`() {
    var journal = Journal<Int>(capacity: 2)
    for number in 0..<5 { journal.append(number) }
    journal[number: 4] = 40
    journal[number: 3] = nil
    journal[number: 0] = 99
    journal[number: 5] = 99
    #expect(Array(journal) == [3, 40])
  }

  @Test(arguments: [0, -5, 1])
  func `the smallest journal holds one entry`(capacity: Int) {
    var journal = Journal<Int>(capacity: capacity)
    #expect(journal.isEmpty && journal.last == nil && journal[number: 0] == nil)
    journal.append(1)
    journal.append(2)
    #expect(Array(journal) == [2])
    #expect(journal.capacity == 1)
  }

  @Test func `equal are those with the same entries under the same numbers`() {
    var left = Journal<Int>(capacity: 2)
    var right = Journal<Int>(capacity: 2)
    for number in [1, 2, 3] { left.append(number) }
    for number in [2, 3] { right.append(number) }
    #expect(Array(left) == Array(right))
    #expect(left != right)
    var other = Journal<Int>(capacity: 2)
    for number in [0, 2, 3] { other.append(number) }
    #expect(left == other)
  }
}
