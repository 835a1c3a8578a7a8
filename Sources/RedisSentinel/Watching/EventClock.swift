import SentinelModel

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Tells when an event came: set by the wall clock once, steady from then on.
struct EventClock: Sendable {
  private let start = ContinuousClock.now
  private let startedAt: Timestamp

  init() {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    startedAt = Timestamp(
      microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
  }

  func now() -> Timestamp {
    startedAt.advanced(by: ContinuousClock.now - start)
  }
}
