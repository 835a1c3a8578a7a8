/// Finds the word that was meant.
enum Suggestion {
  /// `; did you mean NAME?`, where one of the names is near enough to be taken for it; else empty.
  static func words(for text: String, among names: [String]) -> String {
    nearest(to: text, among: names).map { "; did you mean \($0)?" } ?? ""
  }

  /// The name that needs the fewest changes, where those are few.
  static func nearest(to text: String, among names: [String]) -> String? {
    guard text.count <= 64 else { return nil }
    let typed = Array(text.lowercased())
    let ranked = names.map { (name: $0, distance: distance(typed, Array($0.lowercased()))) }
    guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
    return best.distance <= max(1, best.name.count / 3) ? best.name : nil
  }

  /// `a, b or c`.
  static func list(_ names: [String]) -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " or " + last
  }

  /// How many letters have to be changed, added, left out or swapped with their neighbour.
  private static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var before: [Int] = []
    var row = Array(0...right.count)
    for (i, letter) in left.enumerated() {
      var next = [i + 1]
      for (j, other) in right.enumerated() {
        var cost = min(next[j] + 1, row[j + 1] + 1, row[j] + (letter == other ? 0 : 1))
        if i > 0, j > 0, letter == right[j - 1], left[i - 1] == other {
          cost = min(cost, before[j - 1] + 1)
        }
        next.append(cost)
      }
      (before, row) = (row, next)
    }
    return row[right.count]
  }
}
