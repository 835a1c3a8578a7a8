import RESP
import Testing

@testable import RedisSentinel

@Suite struct RedisWordTests {
  @Test func `text, bytes and whole numbers go as they are`() {
    #expect("größe".redisWord.bytes == Array("größe".utf8))
    #expect("a b".dropFirst(2).redisWord == "b")
    #expect(([0x00, 0xFF, 0x0D, 0x0A] as [UInt8]).redisWord.bytes == [0x00, 0xFF, 0x0D, 0x0A])
    #expect(RESPBytes([0xFF]).redisWord.bytes == [0xFF])
    #expect(Int.min.redisWord == "-9223372036854775808")
    #expect(UInt64.max.redisWord == "18446744073709551615")
  }

  @Test(
    arguments: [
      (0, "0"), (5, "5"), (-3, "-3"), (0.1, "0.1"), (1.0 / 3, "0.3333333333333333"),
      (1e20, "1e+20"), (.leastNonzeroMagnitude, "5e-324"), (.infinity, "inf"), (-.infinity, "-inf"),
      (9_007_199_254_740_992, "9007199254740992"), (1e300, "1e+300"),
    ] as [(Double, RESPBytes)])
  func `a floating-point number goes as the digits that give it back`(
    number: Double, word: RESPBytes
  ) throws {
    #expect(number.redisWord == word)
    #expect(try Double(resp: .bulkString(word)) == number)
  }

  @Test(
    arguments: [
      (.seconds(5), "5"), (.zero, "0"), (.milliseconds(1500), "1.5"), (.milliseconds(1), "0.001"),
      (.nanoseconds(1), "0.001"), (.microseconds(1_999_500), "2"), (.seconds(-1), "-1"),
    ] as [(Duration, RESPBytes)])
  func `a time to wait is never cut down to nought, which is for ever`(
    duration: Duration, word: RESPBytes
  ) {
    #expect(duration.secondsWord.redisWord == word)
  }

  @Test func `a duration beyond all numbers is the largest one`() {
    #expect(Duration.seconds(Int64.max).millisecondsRoundedUp == .max)
    #expect(Duration.milliseconds(-1).millisecondsRoundedUp == -1)
    #expect(Duration.microseconds(-1500).millisecondsRoundedUp == -1)
  }
}
