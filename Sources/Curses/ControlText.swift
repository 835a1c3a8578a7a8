internal import Canvas

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// What is said to a terminal of some kind in control sequences, as text: nothing that comes from
/// elsewhere gets a control character into it.
enum ControlText {
  /// As much of a title or notice as anybody reads.
  static let lineLimit = 200
  /// The longest text to copy, in bytes: what goes beyond it in base64 is cut off by some terminals.
  static let copyLimit = 74_994

  static let rememberTitle = "\u{1B}[22;0t"
  static let recallTitle = "\u{1B}[23;0t"
  static let beginFrame = "\u{1B}[?2026h"
  static let endFrame = "\u{1B}[?2026l"
  /// Asks whether frames can be begun and ended.
  static let askForFrames = "\u{1B}[?2026$p"

  static func title(_ text: String, isUTF8: Bool) -> String {
    "\u{1B}]2;\(line(text, isUTF8: isUTF8))\u{7}"
  }

  static func notice(_ text: String, isUTF8: Bool, for kind: TerminalKind) -> String {
    let line = line(text, isUTF8: isUTF8)
    // A number at the beginning means something else to some.
    let isNumber = line.first?.isNumber ?? false
    return wrapped("\u{1B}]9;\(isNumber ? " " : "")\(line)\u{7}", for: kind)
  }

  /// For the clipboard. Control characters other than the ends of lines and tabs are left out: what
  /// is pasted into a shell must not press keys there.
  static func copy(_ text: String, for kind: TerminalKind) -> String {
    let kept = text.unicodeScalars.filter {
      $0 == "\n" || $0 == "\t" || $0.properties.generalCategory != .control
    }
    let base64 = Data(String(String.UnicodeScalarView(kept)).utf8).base64EncodedString()
    let plain = "\u{1B}]52;c;\(base64)\u{7}"
    // tmux takes the one itself or passes the other on, as it has been told by its user.
    return kind.multiplexer == .tmux
      ? plain + wrapped(plain, for: kind) : wrapped(plain, for: kind)
  }

  /// As a multiplexer wants to have it to pass it on unread.
  static func wrapped(_ sequence: String, for kind: TerminalKind) -> String {
    switch kind.multiplexer {
    case .tmux:
      return "\u{1B}Ptmux;" + sequence.replacing("\u{1B}", with: "\u{1B}\u{1B}") + "\u{1B}\\"
    case .screen:
      // It takes no more than a few hundred bytes at once.
      let bytes = Array(sequence.utf8)
      return stride(from: 0, to: bytes.count, by: 240).map { start in
        let part = bytes[start..<min(start + 240, bytes.count)]
        return "\u{1B}P" + String(decoding: part, as: UTF8.self) + "\u{1B}\\"
      }.joined()
    case nil: return sequence
    }
  }

  /// One line, made harmless and short; ASCII where the terminal knows nothing else.
  private static func line(_ text: String, isUTF8: Bool) -> String {
    var line = ""
    for (count, glyph) in Glyphs(text).enumerated() {
      guard count < lineLimit else { return line + (isUTF8 ? "…" : "~") }
      if isUTF8 {
        line += glyph.text
      } else {
        line.unicodeScalars.append(Symbols.ascii(glyph.base))
      }
    }
    return line
  }
}
