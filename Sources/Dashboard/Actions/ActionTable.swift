package import Canvas

/// An action as people meet it: what it is called, which keys mean it, where, and what it can break.
package struct ActionRow: Hashable, Sendable {
  package var action: Action
  package var title: String
  /// A sentence more, where the title doesn't say everything.
  package var explanation: String
  package var keys: [Key]
  package var modes: Set<Mode.Kind>
  package var group: Group
  package var risk: Risk
  /// The word in the hint line of a mode; none where it isn't hinted at.
  package var hints: [Mode.Kind: String]
  /// The word where there is little room; none where others are of more use there.
  package var shortHint: String?

  /// How much an action can break.
  package enum Risk: Hashable, Sendable {
    case none
    /// It changes the deployment: asked first, refused where changes are locked.
    case confirm
  }

  /// Under which heading it is explained.
  package enum Group: String, CaseIterable, Sendable {
    case acting = "Acting"
    case answering = "Answering a question"
    case looking = "Looking"
    case finding = "Finding"
    case time = "Time"
    case moving = "Moving"
    case program = "Program"
  }

  init(
    _ action: Action, _ title: String, _ explanation: String = "", keys: [Key],
    in modes: Set<Mode.Kind>, _ group: Group, risk: Risk = .none, hints: [Mode.Kind: String] = [:],
    shortHint: String? = nil
  ) {
    self.action = action
    self.title = title
    self.explanation = explanation
    self.keys = keys
    self.modes = modes
    self.group = group
    self.risk = risk
    self.hints = hints
    self.shortHint = shortHint
  }
}

/// All actions there are. Keymap, hint line, help and read-only mode read this and nothing else.
package enum ActionTable {
  private static let views: Set<Mode.Kind> = [.browsing, .reading]
  private static let readers: Set<Mode.Kind> = [.help, .reading]
  private static let lists = views.union(readers)
  private static let writers: Set<Mode.Kind> = [.typing, .choosing]
  private static let all = lists.union(writers)
  private static let forms: Set<Mode.Kind> = [.confirmingByName, .filling]

  package static let rows: [ActionRow] =
    [
      ActionRow(
        .failover, "Fail over",
        "Promotes a replica of the selected master, through one Sentinel. Asks first.",
        keys: [.character("F")], in: [.browsing], .acting, risk: .confirm,
        hints: [.browsing: "failover"], shortHint: "failover"),
      ActionRow(
        .reset, "Reset",
        "Makes all Sentinels in turn forget what they know of the selected service and find it again; "
          + "from the Sentinels pane only the selected one. Asks first.",
        keys: [.character("R")], in: [.browsing], .acting, risk: .confirm,
        hints: [.browsing: "reset"]),
      ActionRow(
        .checkQuorum, "Check the quorum",
        "Asks every Sentinel whether a failover could be agreed on now. Changes nothing.",
        keys: [.character("c")], in: [.browsing], .acting, hints: [.browsing: "quorum"]),
      ActionRow(
        .edit, "Edit settings",
        "The settings of the selected service, at all Sentinels: each says what it has, and what "
          + "becomes of it is shown first. Asks first.",
        keys: [.character("E")], in: [.browsing], .acting, risk: .confirm),
      ActionRow(
        .monitor, "Monitor a new master", "At all Sentinels, under a name. Asks first.",
        keys: [.character("M")], in: [.browsing], .acting, risk: .confirm),
      ActionRow(
        .remove, "Stop monitoring",
        "All Sentinels forget the selected service. Its servers go on. Asks first.",
        keys: [.character("D")], in: [.browsing], .acting, risk: .confirm),
      ActionRow(
        .flushConfiguration, "Write the configuration files",
        "All Sentinels write anew what they know. Asks first.",
        keys: [.character("W")], in: [.browsing], .acting, risk: .confirm),
      ActionRow(
        .showProgress, "Progress of the last change",
        "At which Sentinels it is done, what is waited for, and how it ended.",
        keys: [.character("P")], in: [.browsing], .acting),
      ActionRow(
        .toggleLock, "Lock or unlock changes",
        "While they are locked (RO), nothing that changes the deployment can be sent.",
        keys: [.character("O")], in: [.browsing], .acting, hints: [.browsing: "lock"]),

      ActionRow(
        .confirm, "Yes", "Counts only once the question stands on the screen.",
        keys: [.character("y")], in: [.confirming], .answering, hints: [.confirming: "yes"]),
      ActionRow(
        .cancel, "No", keys: [.character("n"), .escape, .character("q")], in: [.confirming],
        .answering, hints: [.confirming: "cancel"]),
      ActionRow(
        .cancel, "Leave it", keys: [.escape, .control("c")], in: forms, .answering,
        hints: [.confirmingByName: "cancel", .filling: "cancel"]),
      ActionRow(
        .submit, "Go on with what was filled in", "Nothing is sent before one more question.",
        keys: [.enter], in: [.filling], .answering, hints: [.filling: "go on"]),
      ActionRow(
        .nextField, "Next field", keys: [.tab, .down], in: [.filling], .answering,
        hints: [.filling: "next field"]),
      ActionRow(
        .previousField, "Previous field", keys: [.backTab, .up], in: [.filling], .answering),
      ActionRow(
        .stopChange, "Stop a change before the next Sentinel",
        "Whoever was asked already is followed to the end.", keys: [.character("a")],
        in: [.following], .answering, hints: [.following: "stop"]),
      ActionRow(
        .retryChange, "Try the rest again", keys: [.character("r")], in: [.following], .answering,
        hints: [.following: "try the rest again"]),
      ActionRow(
        .undoChange, "Go back to the old settings", keys: [.character("u")], in: [.following],
        .answering, hints: [.following: "go back"]),
      ActionRow(
        .switchChoice, "Choose the other button",
        keys: [.tab, .backTab, .left, .right, .character("h"), .character("l")], in: [.confirming],
        .answering, hints: [.confirming: "choose"]),
      ActionRow(
        .pressChoice, "Press the chosen button", "At first that is Cancel.", keys: [.enter],
        in: [.confirming], .answering, hints: [.confirming: "press"]),
      ActionRow(
        .pressChoice, "Do it, once the name is typed", keys: [.enter], in: [.confirmingByName],
        .answering, hints: [.confirmingByName: "do it"]),

      page(
        .details, "Details",
        "All that is known of the selected row, by whose word and how old; of an event what it means."
      ),
      page(
        .agreement, "Agreement",
        "All Sentinels side by side: what each says, who differs, who sees whom down."),
      page(
        .doctor, "Doctor", "What is wrong, on which evidence, and what to do about it."),
      page(
        .failovers, "Failovers",
        "The failovers of this session, phase by phase, the newest first."),
      page(
        .events, "Events", "All events on the whole screen, with what the chosen one means."),
      page(
        .commandLog, "Command log",
        "What was sent where, what came back, and the same for redis-cli."),
      ActionRow(
        .markIncident, "Mark to compare",
        "Puts the chosen failover beside the next one that is chosen.", keys: [.character("m")],
        in: [.reading], .looking, hints: [.reading: "compare"]),
      ActionRow(
        .copy, "Copy", "The address, the row, or the line for redis-cli, to the clipboard.",
        keys: [.character("y")], in: views, .looking, hints: [.browsing: "copy", .reading: "copy"]),
      ActionRow(
        .export, "Export", "The list as CSV, JSON or Markdown, the screen as text, ANSI or SVG.",
        keys: [.character("x")], in: views, .looking,
        hints: [.browsing: "export", .reading: "export"]),
      ActionRow(
        .lab, "Trouble", "In the demo: kills, freezes or cuts off a server, and brings it back.",
        keys: [.character("K")], in: [.browsing], .acting, hints: [.browsing: "trouble"],
        shortHint: "trouble"),

      ActionRow(
        .filter, "Filter or search",
        "text, /regex/, field:value, field>number; ! before one turns it round. In Events, Tab "
          + "chooses between filtering and searching.",
        keys: [.character("/")], in: lists, .finding,
        hints: [.browsing: "filter", .reading: "find", .help: "find"], shortHint: "filter"),
      ActionRow(
        .nextMatch, "Next match", keys: [.character("n")], in: lists, .finding,
        hints: [.reading: "next", .help: "next"]),
      ActionRow(.previousMatch, "Match before", keys: [.character("N")], in: lists, .finding),
      ActionRow(
        .clear, "Show everything", "Empties the filter of the pane.", keys: [.escape],
        in: [.browsing], .finding, hints: [.browsing: "show all"]),
      ActionRow(
        .sortByNext, "Sort by the next column", "After the last one: worst first again.",
        keys: [.character("s")], in: [.browsing], .finding, hints: [.browsing: "sort"]),
      ActionRow(
        .reverseOrder, "Sort the other way round", keys: [.character("S")], in: [.browsing],
        .finding),
      ActionRow(
        .onlyProblems, "Only problems", "Hides the rows with nothing wrong, or shows them again.",
        keys: [.character("!")], in: views, .finding, hints: [.browsing: "problems"]),

      ActionRow(
        .freeze, "Freeze the display",
        "Everything stands still and goes on being collected; the same key goes back to now.",
        keys: [.character(" ")], in: views, .time,
        hints: [.browsing: "freeze", .reading: "freeze"]),
      ActionRow(
        .stepBack, "A step back in time", "All panes show how it was.", keys: [.character("[")],
        in: views, .time, hints: [.browsing: "earlier", .reading: "earlier"]),
      ActionRow(
        .stepForward, "A step forward in time", "After the last one: now.",
        keys: [.character("]")], in: views, .time,
        hints: [.browsing: "later", .reading: "later"]),

      ActionRow(
        .moveDown, "Down", keys: [.down, .character("j")], in: lists, .moving,
        hints: [.help: "choose", .reading: "scroll"]),
      ActionRow(.moveUp, "Up", keys: [.up, .character("k")], in: lists, .moving),
      ActionRow(.moveDown, "Down", keys: [.down, .control("n")], in: [.choosing], .moving),
      ActionRow(.moveUp, "Up", keys: [.up, .control("p")], in: [.choosing], .moving),
      ActionRow(.pageDown, "A page down", keys: [.pageDown], in: all, .moving),
      ActionRow(.pageUp, "A page up", keys: [.pageUp], in: all, .moving),
      ActionRow(
        .moveToFirst, "To the first row", keys: [.character("g"), .home], in: lists, .moving),
      ActionRow(
        .moveToLast, "To the last row", "In Events, follows what comes.",
        keys: [.character("G"), .end], in: lists, .moving),
      ActionRow(
        .nextPane, "Next pane", keys: [.tab, .right, .character("l")], in: [.browsing], .moving,
        hints: [.browsing: "pane"]),
      ActionRow(
        .previousPane, "Previous pane", keys: [.backTab, .left, .character("h")], in: [.browsing],
        .moving),
      ActionRow(
        .changeSetting, "Change the setting", keys: [.right, .character("l")], in: [.reading],
        .moving, hints: [.reading: "change"]),
      ActionRow(
        .changeSettingBack, "Change it back", keys: [.left, .character("h")], in: [.reading],
        .moving),
    ]
    + Pane.allCases.map { pane in
      ActionRow(
        .focus(pane), "To \(pane.title)", keys: [pane.key], in: [.browsing], .moving)
    } + [
      ActionRow(
        .showPalette, "Commands", "Everything there is, by typing a part of its name.",
        keys: [.character(":")], in: views, .program, hints: [.browsing: "commands"],
        shortHint: "cmd"),
      ActionRow(
        .showHelp, "Help", keys: [.character("?")], in: views, .program,
        hints: [.browsing: "help", .reading: "help"]),
      page(.settings, "Settings", "Theme, mouse, bell and the like; ← → change them.", .program),
      ActionRow(
        .acceptEntry, "Do it", keys: [.enter], in: [.help, .typing, .choosing], .program,
        hints: [.help: "do it", .typing: "keep", .choosing: "do it"]),
      ActionRow(
        .close, "Close", "Goes back to the panes from help and from the views.",
        keys: [.escape, .character("q")], in: readers, .program,
        hints: [.help: "close", .reading: "close"]),
      ActionRow(
        .close, "Close", "The change goes on; what becomes of it is told.",
        keys: [.escape, .character("q"), .enter], in: [.following], .program,
        hints: [.following: "close"]),
      ActionRow(.close, "Close help", keys: [.character("?")], in: [.help], .program),
      ActionRow(
        .completeEntry, "Complete, or choose between filter and search", keys: [.tab], in: writers,
        .program, hints: [.choosing: "complete"]),
      ActionRow(
        .leaveEntry, "Leave", keys: [.escape, .control("c")], in: writers, .program,
        hints: [.typing: "drop", .choosing: "close"]),
      ActionRow(
        .redraw, "Draw the screen anew", keys: [.control("l")], in: Mode.Kind.all, .program),
      ActionRow(
        .suspend, "Suspend", "`fg` in the shell brings it back.", keys: [.control("z")],
        in: Mode.Kind.all, .program),
      ActionRow(
        .quit, "Quit", keys: [.character("q"), .control("c")], in: [.browsing], .program,
        hints: [.browsing: "quit"]),
      ActionRow(
        .quit, "Quit at once", keys: [.control("c")],
        in: Mode.Kind.all.subtracting(writers).subtracting(forms).subtracting([.browsing]), .program
      ),
    ]
}

extension ActionTable {
  private static func page(
    _ page: Page, _ title: String, _ explanation: String, _ group: ActionRow.Group = .looking
  ) -> ActionRow {
    ActionRow(
      .show(page), title, explanation, keys: [page.key], in: views, group,
      hints: [.browsing: page.word], shortHint: page.shortWord)
  }
}

extension Mode.Kind {
  static let all = Set(allCases)
}

extension Pane {
  /// The digit that stands before its title where there is room for one pane only.
  package var key: Key { .character(Character("\(rawValue)")) }
}
