import Benchmark
import Foundation
import RESP

// `swift package benchmark`: for work on the codec, where one wants to know more of ours alone.
let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    metrics: [.wallClock, .cpuUser, .throughput], maxDuration: .seconds(3))
  let fixtures = URL(filePath: #filePath).appending(path: "../../../../Tests/Fixtures/replies")
    .standardized
  for name in ["masters.resp2", "masters.resp3", "info-cache.resp2", "hello.resp3"] {
    guard let data = try? Data(contentsOf: fixtures.appending(path: "\(name).resp")) else {
      continue
    }
    let bytes = [UInt8](data)
    Benchmark("decode \(name), a thousand times") { benchmark in
      for _ in benchmark.scaledIterations {
        for _ in 0..<1_000 {
          var reader = RESPReader()
          reader.feed(bytes)
          while let value = try reader.next() { blackHole(value) }
        }
      }
    }
  }
}
