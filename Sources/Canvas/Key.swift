/// A press, as a person names it.
package enum Key: Hashable, Sendable {
  case character(Character)
  /// With the control key; always a small letter, a space or one of `@[\]^_`.
  case control(Character)
  case alt(Character)
  case function(Int)
  case up, down, left, right, home, end, pageUp, pageDown
  case enter, escape, tab, backTab, backspace, insert, delete
  /// Text that was pasted, never typed: it may not answer a question.
  case paste(String)
  case mouse(Mouse, Position)

  /// What the mouse did.
  package enum Mouse: Hashable, Sendable {
    case press, release, rightPress, middlePress, wheelUp, wheelDown
  }
}
