package import Canvas
internal import SentinelModel

/// A filter or a search while it is typed. What it does is seen at once; leaving it puts back what was.
package struct Entry: Hashable, Sendable {
  package enum Purpose: Hashable, Sendable {
    case filter, search
  }

  package internal(set) var purpose: Purpose
  package internal(set) var field: TextField
  /// What is wrong with the text; nil where it can be used.
  package internal(set) var mistake: String?
  /// The list it is for; nil where only a search is possible.
  let pane: Pane?
  /// How things were before.
  let before: Before

  struct Before: Hashable, Sendable {
    var view: ListView
    var search: Search?
  }
}

extension State {
  /// The list that a filter is for where the person is.
  private var filteredPane: Pane? {
    switch mode {
    case .browsing: pane
    case .reading(.events, _): .events
    default: nil
    }
  }

  /// What `n` goes on with where the person is.
  var searchInReach: Search? {
    filteredPane.map { view(of: $0).search } ?? search
  }

  mutating func beginEntry() {
    let pane = filteredPane
    let view = pane.flatMap { views[$0] } ?? ListView()
    let canFilter = pane != nil
    let text = canFilter ? view.filter?.text ?? "" : search?.text ?? ""
    mode = .typing(
      Entry(
        purpose: canFilter ? .filter : .search, field: TextField(text), pane: pane,
        before: Entry.Before(view: view, search: search)),
      over: mode)
  }

  /// A key that no action claims: text, where some is typed.
  mutating func type(_ key: Key) -> Effect? {
    switch mode {
    case .typing(var entry, let over):
      guard entry.field.type(key) else { return nil }
      mode = .typing(entry, over: over)
      return use(entry)
    case .choosing(var chooser, let over):
      guard chooser.field.type(key) else { return nil }
      chooser.selected = 0
      mode = .choosing(chooser, over: over)
      return nil
    case .browsing, .confirming, .filling, .following, .reading, .help: return nil
    }
  }

  /// Lets what is typed do its work.
  private mutating func use(_ entry: Entry) -> Effect? {
    guard case .typing(var entry, let over) = mode else { return nil }
    entry.mistake = nil
    defer { mode = .typing(entry, over: over) }
    switch (entry.purpose, entry.pane) {
    case (.filter, let pane?):
      do throws(Filter.Mistake) {
        views[pane, default: ListView()].filter =
          try Filter(entry.field.text, fields: fields(of: pane).filter { !$0.isEmpty })
      } catch {
        // What can't be understood filters nothing.
        entry.mistake = error.description
        views[pane]?.filter = entry.before.view.filter
      }
      return showView(of: pane)
    case (.search, let pane?):
      views[pane, default: ListView()].search = Search(entry.field.text)
    case (_, nil): search = Search(entry.field.text)
    }
    return nil
  }

  /// Filters become searches and the other way round.
  mutating func complete() {
    switch mode {
    case .choosing(var chooser, let over):
      chooser.complete(in: self)
      mode = .choosing(chooser, over: over)
    case .typing(var entry, let over):
      guard let pane = entry.pane, pane == .events else { return }
      // What the one did so far is undone before the other begins.
      views[pane] = entry.before.view
      entry.purpose = entry.purpose == .filter ? .search : .filter
      mode = .typing(entry, over: over)
      _ = use(entry)
    default: break
    }
  }

  /// Enter: what was typed or chosen is taken.
  mutating func accept(at moment: Timestamp) -> Effect? {
    switch mode {
    case .typing(let entry, let over):
      guard entry.mistake == nil else { return nil }
      mode = over
      return entry.purpose == .search || entry.pane == nil ? findNext(isForward: true) : nil
    case .choosing(let chooser, let over):
      guard let choice = chooser.selectedChoice(in: self) else { return nil }
      mode = over
      return take(choice, at: moment)
    case .help(let place, let over):
      guard let action = place.action(in: self) else { return nil }
      mode = over
      return performFromList(action, at: moment)
    default: return nil
    }
  }

  /// Escape: everything is as before.
  mutating func leaveEntry() -> Effect? {
    guard case .typing(let entry, let over) = mode else {
      mode = mode.beneath
      return nil
    }
    mode = over
    search = entry.before.search
    guard let pane = entry.pane else { return nil }
    views[pane] = entry.before.view
    return showView(of: pane)
  }
}
