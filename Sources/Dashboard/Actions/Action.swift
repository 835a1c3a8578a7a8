/// What a person means by a key.
package enum Action: Hashable, Sendable {
  case moveUp, moveDown, pageUp, pageDown, moveToFirst, moveToLast
  case nextPane, previousPane
  case focus(Pane)
  case failover, reset, checkQuorum, toggleLock
  case edit, monitor, remove, flushConfiguration
  case showProgress, stopChange, retryChange, undoChange
  case nextField, previousField, submit
  case show(Page)
  case filter, nextMatch, previousMatch, clear
  case sortByNext, reverseOrder, onlyProblems
  case freeze, stepBack, stepForward
  case copy, export
  case lab
  case markIncident, changeSetting, changeSettingBack
  case showPalette, showHelp, close
  case acceptEntry, completeEntry, leaveEntry
  case switchChoice, pressChoice, confirm, cancel
  case redraw, suspend, quit
}
