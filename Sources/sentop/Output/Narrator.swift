import SentinelInsight
import SentinelModel
import Synchronization

/// Tells on stderr how a change goes on, each thing once.
final class Narrator: Sendable {
  private let told = Mutex<Set<String>>([])

  func tell(_ progress: ChangeProgress) {
    for step in progress.steps {
      for words in [step.answer?.verdict.text, Self.ending(step.stage)].compactMap({ $0 }) {
        let line = "\(step.sentinel): \(words.printable)"
        guard told.withLock({ $0.insert(line).inserted }) else { continue }
        Console.say(line)
      }
    }
  }

  private static func ending(_ stage: ChangeProgress.Stage) -> String? {
    switch stage {
    case .waiting, .asked, .settling, .failed: nil
    case .done(let words), .unconfirmed(let words): words
    case .skipped(let why): "not asked: \(why)"
    }
  }
}
