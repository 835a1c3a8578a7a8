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
  private static let lists: Set<Mode.Kind> = [.browsing, .help, .reading]
  private static let readers: Set<Mode.Kind> = [.help, .reading]

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
        hints: [.browsing: "reset"], shortHint: "reset"),
      ActionRow(
        .checkQuorum, "Check the quorum",
        "Asks every Sentinel whether a failover could be agreed on now. Changes nothing.",
        keys: [.character("c")], in: [.browsing], .acting, hints: [.browsing: "ckquorum"],
        shortHint: "check"),
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
        .switchChoice, "Choose the other button",
        keys: [.tab, .backTab, .left, .right, .character("h"), .character("l")], in: [.confirming],
        .answering, hints: [.confirming: "choose"]),
      ActionRow(
        .pressChoice, "Press the chosen button", "At first that is Cancel.", keys: [.enter],
        in: [.confirming], .answering, hints: [.confirming: "press"]),

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
        .commandLog, "Command log",
        "What was sent where, what came back, and the same for redis-cli."),

      ActionRow(
        .moveDown, "Down", keys: [.down, .character("j")], in: lists, .moving,
        hints: [.help: "scroll", .reading: "scroll"]),
      ActionRow(.moveUp, "Up", keys: [.up, .character("k")], in: lists, .moving),
      ActionRow(.pageDown, "A page down", keys: [.pageDown], in: lists, .moving),
      ActionRow(.pageUp, "A page up", keys: [.pageUp], in: lists, .moving),
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
    ]
    + Pane.allCases.map { pane in
      ActionRow(
        .focus(pane), "To \(pane.title)", keys: [pane.key], in: [.browsing], .moving)
    } + [
      ActionRow(
        .showHelp, "Help", keys: [.character("?")], in: [.browsing], .program,
        hints: [.browsing: "help"]),
      ActionRow(
        .close, "Close", "Goes back to the panes from help and from the views.",
        keys: [.escape, .character("q")], in: readers, .program,
        hints: [.help: "close", .reading: "close"]),
      ActionRow(.close, "Close help", keys: [.character("?")], in: [.help], .program),
      ActionRow(
        .redraw, "Draw the screen anew", keys: [.control("l")], in: Mode.Kind.all, .program),
      ActionRow(
        .suspend, "Suspend", "`fg` in the shell brings it back.", keys: [.control("z")],
        in: Mode.Kind.all, .program),
      ActionRow(
        .quit, "Quit", keys: [.character("q"), .control("c")], in: [.browsing], .program,
        hints: [.browsing: "quit"]),
      ActionRow(
        .quit, "Quit at once", keys: [.control("c")], in: Mode.Kind.all.subtracting([.browsing]),
        .program),
    ]
}

extension ActionTable {
  private static func page(_ page: Page, _ title: String, _ explanation: String) -> ActionRow {
    ActionRow(
      .show(page), title, explanation, keys: [page.key], in: [.browsing, .reading], .looking,
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
