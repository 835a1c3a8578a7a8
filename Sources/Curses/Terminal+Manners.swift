internal import CNcurses
internal import Canvas

// What is said to the terminal beside what stands on the screen. A terminal of a kind that may not
// understand it is not told.
extension Terminal {
  /// Gives the terminal a title until it is given back. The one it had comes back then.
  package func setTitle(_ text: String) {
    guard isOpen, kind.hasTitle, text != title else { return }
    title = text
    writeTitle()
    curses_arm(off)
  }

  /// Shows the title, after the terminal was told to remember the one it had: once only, since it
  /// keeps a stack of them.
  func writeTitle() {
    if !hasOldTitle { Sequences.write(ControlText.rememberTitle) }
    hasOldTitle = true
    Sequences.write(ControlText.title(title ?? "", isUTF8: isUTF8))
  }

  /// Rings the bell.
  package func ring() {
    guard isOpen else { return }
    beep()
  }

  /// Shows a notice on the desktop, where the terminal does such a thing.
  package func notify(_ text: String) {
    guard isOpen, kind.hasNotices else { return }
    Sequences.write(ControlText.notice(text, isUTF8: isUTF8, for: kind))
  }

  /// Sends a text to the clipboard.
  @discardableResult
  package func copy(_ text: String) -> CopyOutcome {
    guard isOpen, kind.hasClipboard else { return .impossible(terminal: kind.name) }
    let bytes = text.utf8.count
    guard bytes <= ControlText.copyLimit else {
      return .tooLong(bytes: bytes, limit: ControlText.copyLimit)
    }
    Sequences.write(ControlText.copy(text, for: kind))
    return .sent(bytes: bytes)
  }

  /// Asks for the mouse, or leaves it to the terminal, which then selects text with it.
  package func setMouse(_ isOn: Bool) {
    guard isOpen, isOn != usesMouse else { return }
    usesMouse = isOn
    Sequences.write(isOn ? Sequences.mouseOn : Sequences.mouseOff)
  }

  /// Takes an answer of the terminal about itself.
  func heard(_ report: TerminalReport) {
    guard isOpen, case .frames(let isKnown) = report else { return }
    hasFrames = isKnown
    curses_arm(off)
  }

  /// Ends all that was begun here.
  var off: String {
    Sequences.off + (hasFrames ? ControlText.endFrame : "")
      + (hasOldTitle ? ControlText.recallTitle : "")
  }
}
