package import SentinelModel

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Tells the time of this run: set by the wall clock once, steady from then on.
package struct SteadyClock: Sendable {
  private let start = ContinuousClock.now
  private let startedAt: Timestamp

  package init() {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    startedAt = Timestamp(
      microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
  }

  package func now() -> Timestamp {
    startedAt.advanced(by: ContinuousClock.now - start)
  }
}
