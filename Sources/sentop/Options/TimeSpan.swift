import ArgumentParser

/// A time as people write it: `60s`, `250ms`, `2m`, `1.5s`; a plain number is seconds.
struct TimeSpan: ExpressibleByArgument, CustomStringConvertible, Equatable {
  let duration: Duration
  let description: String

  init?(argument: String) {
    let units: [(String, Double)] = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3_600)]
    let unit = units.first { argument.hasSuffix($0.0) }
    let digits = argument.dropLast(unit?.0.count ?? 0)
    // Numbers in hex, infinity and the like are no times.
    guard digits.allSatisfy({ $0 == "." || $0.isASCII && $0.isNumber }),
      let number = Double(digits), number < 1e9
    else { return nil }
    duration = .milliseconds((number * (unit?.1 ?? 1) * 1_000).rounded())
    description = argument
  }
}

extension Duration {
  fileprivate static func milliseconds(_ number: Double) -> Duration {
    .milliseconds(Int64(number))
  }
}
