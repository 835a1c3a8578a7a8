package import SentinelModel

/// Moments as the clock on the wall shows them.
package enum Clock {
  /// `12:04:31`.
  package static func time(_ moment: Timestamp, utcOffset: Int) -> String {
    let (_, seconds) = split(moment, utcOffset)
    return "\(two(seconds / 3_600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
  }

  /// `12:04:31.123`; for another day than today's `11-21 12:04`, with the month first.
  package static func exact(_ moment: Timestamp, today: Timestamp, utcOffset: Int) -> String {
    let day = split(moment, utcOffset).day
    let time = time(moment, utcOffset: utcOffset)
    guard day == split(today, utcOffset).day else {
      let (month, date) = calendar(day)
      return "\(two(Int64(month)))-\(two(Int64(date))) \(time.prefix(5))"
    }
    let milliseconds = moment.milliseconds - floored(moment.milliseconds, by: 1_000) * 1_000
    return "\(time).\(milliseconds < 100 ? "0" : "")\(two(milliseconds))"
  }

  private static func floored(_ number: Int64, by divisor: Int64) -> Int64 {
    number >= 0 ? number / divisor : (number + 1) / divisor - 1
  }

  private static func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private static func split(_ moment: Timestamp, _ utcOffset: Int) -> (day: Int64, second: Int64) {
    let local = floored(moment.milliseconds, by: 1_000) + Int64(utcOffset)
    let day = floored(local, by: 86_400)
    return (day, local - day * 86_400)
  }

  /// The month and the date of a day, counted from the first of 1970, as the Gregorian calendar has it.
  private static func calendar(_ day: Int64) -> (month: Int, date: Int) {
    // Years are counted from March, so that the day that is sometimes there comes last.
    let shifted = day + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let inEra = shifted - era * 146_097
    let year = (inEra - inEra / 1_460 + inEra / 36_524 - inEra / 146_096) / 365
    let inYear = inEra - (365 * year + year / 4 - year / 100)
    let month = (5 * inYear + 2) / 153
    return (Int(month < 10 ? month + 3 : month - 9), Int(inYear - (153 * month + 2) / 5 + 1))
  }
}
