/// What a person means by a key.
package enum Action: Hashable, Sendable {
  case moveUp, moveDown, pageUp, pageDown, moveToFirst, moveToLast
  case nextPane, previousPane
  case focus(Pane)
  case failover, reset, checkQuorum, toggleLock
  case show(Page)
  case showHelp, close
  case switchChoice, pressChoice, confirm, cancel
  case redraw, suspend, quit
}
