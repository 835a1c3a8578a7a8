import Foundation
import Subprocess
import SystemPackage

/// What was measured in one turn; the line that every contender prints.
struct Figure: Codable {
  var operations: Int
  /// Nanoseconds that passed.
  var wall: Double
  /// Nanoseconds of work, of all the contender's threads.
  var cpu: Double
  /// Nanoseconds of a typical operation.
  var median: Double

  var cpuPerOperation: Double { cpu / Double(max(1, operations)) }
  var operationsPerSecond: Double { Double(operations) / wall * 1e9 }

  /// Reads `operations=… wall=… cpu=… median=…`; nil where that isn't all there.
  init?(line: Substring) {
    let fields = line.split(separator: " ").reduce(into: [Substring: Double]()) { fields, word in
      let parts = word.split(separator: "=")
      if parts.count == 2 { fields[parts[0]] = Double(parts[1]) }
    }
    guard let operations = fields["operations"], let wall = fields["wall"], let cpu = fields["cpu"],
      let median = fields["median"]
    else { return nil }
    self.init(operations: Int(operations), wall: wall, cpu: cpu, median: median)
  }

  init(operations: Int, wall: Double, cpu: Double, median: Double) {
    self.operations = operations
    self.wall = wall
    self.cpu = cpu
    self.median = median
  }
}

/// One side of a comparison: a program that does the work for one turn and prints its figure.
struct Contender {
  var path: String
  var arguments: [String]
  /// It takes part in the first of so many rounds.
  var every = 1
  /// Reads what it prints, where that isn't a figure's line.
  var read: @Sendable (String) -> Figure? = { output in
    output.split(separator: "\n").lazy.compactMap(Figure.init).first
  }

  func turn() async throws -> Figure {
    let result = try await Subprocess.run(
      .path(FilePath(path)), arguments: Arguments(arguments),
      output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
    guard result.terminationStatus.isSuccess, let figure = read(result.standardOutput) else {
      throw ContenderFailed(
        command: ([path] + arguments).joined(separator: " "),
        said: result.standardOutput + result.standardError)
    }
    return figure
  }
}

/// A contender ended without a figure.
struct ContenderFailed: Error, CustomStringConvertible {
  var command: String
  var said: String

  var description: String { "no figure came from: \(command)\n\(said)" }
}

/// Where the programs are that take part.
struct Tools {
  var ours: String
  var peers: String
  var python: String

  func sentop(_ arguments: [String]) -> Contender {
    Contender(path: ours, arguments: arguments)
  }

  /// A program in C, with hiredis.
  func c(_ program: String, _ arguments: [String]) -> Contender {
    Contender(path: "\(peers)/\(program)", arguments: arguments)
  }

  func redisPy(_ arguments: [String]) -> Contender {
    Contender(path: python, arguments: [script] + arguments)
  }

  /// Beside this package's sources; the programs in C are built elsewhere.
  var script: String
}

/// Turns of several contenders: A B C, A B C, …, so that whatever else the machine does meets all.
struct Turns {
  let figures: [[Figure]]

  init(_ contenders: [Contender], rounds: Int) async throws {
    var figures = [[Figure]](repeating: [], count: contenders.count)
    for round in 0..<rounds {
      for (index, contender) in contenders.enumerated() where round % contender.every == 0 {
        figures[index].append(try await contender.turn())
      }
    }
    self.figures = figures
  }

  /// The median over the turns of the contender at that place.
  func median(_ index: Int, of value: (Figure) -> Double) -> Double {
    let sorted = figures[index].map(value).sorted()
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }
}
