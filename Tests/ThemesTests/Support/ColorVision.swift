import Canvas
import Foundation

/// How somebody sees colours. What the cones of a kind miss is worked out in linear light, with the
/// matrices of Machado, Oliveira and Fernandes (2009) for those who lack that kind altogether.
enum ColorVision: String, CaseIterable {
  case usual, deuteranopia, tritanopia

  private var matrix: [[Double]] {
    switch self {
    case .usual: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    case .deuteranopia:
      [
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
      ]
    case .tritanopia:
      [
        [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
      ]
    }
  }

  /// How far apart two colours are to those eyes: the distance in CIELAB, where 2 can just be seen.
  func distance(_ one: Color, _ other: Color) -> Double {
    let (one, other) = (lab(one), lab(other))
    return zip(one, other).reduce(0) { $0 + pow($1.0 - $1.1, 2) }.squareRoot()
  }

  /// The colour as they see it, in CIELAB.
  private func lab(_ color: Color) -> [Double] {
    let parts = color.components
    let light = [parts.red, parts.green, parts.blue].map { part in
      let share = Double(part) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    let seen = matrix.map { row in
      min(1, max(0, zip(row, light).reduce(0) { $0 + $1.0 * $1.1 }))
    }
    func bent(_ row: [Double], _ white: Double) -> Double {
      let share = zip(row, seen).reduce(0) { $0 + $1.0 * $1.1 } / white
      return share > 0.008856 ? cbrt(share) : 7.787 * share + 16.0 / 116
    }
    let x = bent([0.4124, 0.3576, 0.1805], 0.95047)
    let y = bent([0.2126, 0.7152, 0.0722], 1)
    let z = bent([0.0193, 0.1192, 0.9505], 1.08883)
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
  }
}
