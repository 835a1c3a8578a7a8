#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What was measured: so many operations, in that time, with that much work of this process.
struct Figure {
  var operations = 0
  var wall = Duration.zero
  var cpu = Duration.zero
  /// The time of each operation, where each was timed for itself.
  var samples: [Duration] = []

  /// The one line that `Compare` reads, as every peer prints it; times in nanoseconds.
  var line: String {
    let median = samples.sorted()[safe: samples.count / 2] ?? wall / max(1, operations)
    return "operations=\(operations) wall=\(wall.nanoseconds) cpu=\(cpu.nanoseconds) "
      + "median=\(median.nanoseconds)"
  }

  /// Repeats an operation until the time is over, looking at the clock after every `batch`.
  static func during(
    _ time: Duration, batch: Int = 1, _ operation: () throws -> Void
  ) rethrows -> Figure {
    var figure = Figure()
    let cpu = Self.cpuTime()
    let start = ContinuousClock.now
    while start.duration(to: .now) < time {
      for _ in 0..<batch { try operation() }
      figure.operations += batch
    }
    figure.wall = start.duration(to: .now)
    figure.cpu = Self.cpuTime() - cpu
    return figure
  }

  /// Repeats an operation so many times, each one timed.
  static func timing(
    _ rounds: Int, _ operation: () async throws -> Void
  ) async rethrows -> Figure {
    var figure = Figure(operations: rounds)
    let cpu = Self.cpuTime()
    let start = ContinuousClock.now
    for _ in 0..<rounds {
      let began = ContinuousClock.now
      try await operation()
      figure.samples.append(began.duration(to: .now))
    }
    figure.wall = start.duration(to: .now)
    figure.cpu = Self.cpuTime() - cpu
    return figure
  }

  /// What one long operation counts.
  static func counting(_ operation: () async throws -> Int) async rethrows -> Figure {
    let cpu = Self.cpuTime()
    let start = ContinuousClock.now
    let count = try await operation()
    return Figure(operations: count, wall: start.duration(to: .now), cpu: Self.cpuTime() - cpu)
  }

  /// The work of all threads of this process so far, the kernel's for it included.
  static func cpuTime() -> Duration {
    time(of: CLOCK_PROCESS_CPUTIME_ID)
  }

  static func time(of clock: clockid_t) -> Duration {
    var time = timespec()
    clock_gettime(clock, &time)
    return .seconds(Int64(time.tv_sec)) + .nanoseconds(Int64(time.tv_nsec))
  }
}

extension Duration {
  var nanoseconds: Int64 {
    components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
  }
}

extension Array {
  fileprivate subscript(safe index: Int) -> Element? {
    indices.contains(index) ? self[index] : nil
  }
}
