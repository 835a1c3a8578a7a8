internal import CNcurses
internal import Canvas

extension Terminal {
  /// Takes the size that the terminal has now and tells who listens.
  func fit() {
    guard isOpen else { return }
    var (columns, rows) = (Int32(0), Int32(0))
    if curses_window_size(&columns, &rows), columns != curses_columns() || rows != curses_rows() {
      resizeterm(rows, columns)
      drawn = nil
    }
    size = Size(columns: Int(curses_columns()), rows: Int(curses_rows()))
    hears(.resized(size))
  }

  /// Gives the terminal back, stops the program as Ctrl-Z does, and takes the terminal again when
  /// it is continued.
  package func suspend() {
    guard isOpen else { return }
    Sequences.write(off)
    hasOldTitle = false
    def_prog_mode()
    endwin()
    curses_stop_job()
    resume()
  }

  /// Takes the terminal again. Also after a stop that nobody announced, when the shell has changed
  /// the terminal's modes.
  func resume() {
    guard isOpen else { return }
    reset_prog_mode()
    Sequences.write(Sequences.on(mouse: usesMouse))
    if title != nil { writeTitle() }
    fit()
    curses_repaint()
    update(cursor: drawn?.cursor)
  }
}
