import Canvas
import Foundation
import SentinelInsight
import SentinelModel
import Testing

@testable import Dashboard

/// Anything in any order: keys, clicks, pastes, sizes, news. `STORM_KEYS` says how many.
@Suite struct StormTests {
  private static let count =
    ProcessInfo.processInfo.environment["STORM_KEYS"].flatMap { Int($0) } ?? 4_000

  private static let samples: [Sample] = [
    .healthy, .failingOver, .switching, .switched, .home, .oneLost, .differing, .hostile,
  ]

  private static func key(_ random: inout SeededGenerator) -> Key {
    let known = Set(ActionTable.rows.flatMap(\.keys)).sorted { "\($0)" < "\($1)" }
    switch Int.random(in: 0..<20, using: &random) {
    case 0:
      let place = Position(
        column: .random(in: 0..<130, using: &random), row: .random(in: 0..<40, using: &random))
      let what = [Key.Mouse.press, .release, .wheelUp, .wheelDown].randomElement(using: &random)
      return .mouse(what ?? .press, place)
    case 1: return .paste("cache y \u{1B}[31m\n/x/ lag>")
    case 2:
      return .character(["é", "漢", "\u{202E}", "/", ">", "0"].randomElement(using: &random) ?? "x")
    default: return known.randomElement(using: &random) ?? .escape
    }
  }

  @Test(arguments: [1, 2, 3])
  func `nothing crashes, nothing is stuck, and in a read-only session nothing is changed`(
    seed: UInt64
  ) async throws {
    var random = SeededGenerator(seed: seed)
    var state = State(.healthy, access: .readOnly(because: "--read-only"))
    var now = state.now
    for step in 0..<Self.count {
      now = now.advanced(by: .milliseconds(Int.random(in: 0..<400, using: &random)))
      switch Int.random(in: 0..<12, using: &random) {
      case 0:
        let sample = Self.samples.randomElement(using: &random) ?? .healthy
        _ = state.update(
          .observed(sample.topology, sample.log, incidents: sample.timeline.incidents))
      case 1:
        let size = Size(
          columns: .random(in: 0...300, using: &random), rows: .random(in: 0...100, using: &random))
        _ = state.update(.resized(size))
      case 2: _ = state.update(.ticked(now))
      case 3: _ = state.update(.drawn(now))
      default:
        let key = Self.key(&random)
        let effect = state.update(.key(key, at: now))
        if case .run(let command, _, _) = effect {
          #expect(!command.isChange, "step \(step): \(key)")
        }
        #expect(effect != .lock(false))
      }
      if step.isMultiple(of: 23) {
        #expect(render(state).size == state.size)
        await Task.yield()
      }
    }
    // However deep: Escape leads out, and q quits.
    for _ in 0..<6 { _ = state.update(.key(.escape, at: now)) }
    #expect(state.mode.kind == .browsing)
    #expect(state.update(.key(.character("q"), at: now)) == .quit)
  }
}

/// The same numbers for the same seed.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}
