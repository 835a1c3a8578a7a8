extension Key: CustomStringConvertible {
  /// Its name, as hints and help show it and keymaps spell it: `F`, `Ctrl-L`, `⇧Tab`, `PgUp`, `F5`.
  package var description: String { name(.unicode) }

  /// Its name, in ASCII if need be: `Shift-Tab`, `Up`.
  package func name(_ symbols: Symbols) -> String {
    switch self {
    case .character(" "): "Space"
    case .character(let character): String(character)
    case .control(" "): "Ctrl-Space"
    case .control(let character): "Ctrl-" + character.uppercased()
    case .alt(" "): "Alt-Space"
    case .alt(let character): "Alt-" + String(character)
    case .function(let number): "F\(number)"
    case .paste: "Paste"
    case .mouse: "Mouse"
    default: Key.names.first { $0.key == self }.map { symbols == .ascii ? $0.plain : $0.name } ?? ""
    }
  }

  /// The key of that name, however it is spelled (`ctrl-l`, `C-l`, `^L`; `PgUp`, `page_up`); `nil`
  /// if there is none. One character is that character, so capitals matter there and only there.
  package init?(_ name: String) {
    if name.count == 1, let character = name.first, !character.isControl {
      self = character == " " ? .character(" ") : Key.arrows[character] ?? .character(character)
      return
    }
    let plain = name.lowercased().filter { $0 != "-" && $0 != "_" && $0 != " " && $0 != "+" }
    if let known = Key.named[plain] {
      self = known
    } else if plain.first == "f", let number = Int(plain.dropFirst()), (1...24).contains(number) {
      self = .function(number)
    } else if let rest = Key.rest(of: name, after: ["ctrl-", "ctrl+", "c-", "^"]) {
      guard let key = Key.controlled(rest.lowercased()) else { return nil }
      self = key
    } else if let rest = Key.rest(of: name, after: ["alt-", "alt+", "m-"]) {
      if rest.lowercased() == "space" {
        self = .alt(" ")
      } else if rest.count == 1, let character = rest.first, !character.isControl {
        self = .alt(character)
      } else {
        return nil
      }
    } else {
      return nil
    }
  }

  private static let names: [(key: Key, name: String, plain: String)] = [
    (.up, "↑", "Up"), (.down, "↓", "Down"), (.left, "←", "Left"), (.right, "→", "Right"),
    (.home, "Home", "Home"), (.end, "End", "End"), (.pageUp, "PgUp", "PgUp"),
    (.pageDown, "PgDn", "PgDn"), (.enter, "Enter", "Enter"), (.escape, "Esc", "Esc"),
    (.tab, "Tab", "Tab"), (.backTab, "⇧Tab", "Shift-Tab"), (.backspace, "Backspace", "Backspace"),
    (.insert, "Ins", "Ins"), (.delete, "Del", "Del"),
  ]

  private static let arrows: [Character: Key] = ["↑": .up, "↓": .down, "←": .left, "→": .right]

  private static let named: [String: Key] = {
    var named: [String: Key] = [
      "space": .character(" "), "pageup": .pageUp, "pagedown": .pageDown, "pgdown": .pageDown,
      "return": .enter, "escape": .escape, "backtab": .backTab, "stab": .backTab,
      "insert": .insert, "delete": .delete, "minus": .character("-"), "plus": .character("+"),
    ]
    for (key, name, plain) in names {
      named[name.lowercased()] = key
      named[plain.lowercased().filter { $0 != "-" }] = key
    }
    return named
  }()

  private static func rest(of name: String, after prefixes: [String]) -> Substring? {
    for prefix in prefixes where name.lowercased().hasPrefix(prefix) {
      let rest = name.dropFirst(prefix.count)
      if !rest.isEmpty { return rest }
    }
    return nil
  }

  /// A terminal sends the same byte for some of them, so they are the same key.
  private static func controlled(_ name: String) -> Key? {
    switch name {
    case "i": return .tab
    case "m", "j": return .enter
    case "h": return .backspace
    case "[": return .escape
    case "space", "@", " ": return .control(" ")
    default:
      guard name.count == 1, let character = name.first else { return nil }
      let isKnown = ("a"..."z").contains(character) || "\\]^_".contains(character)
      return isKnown ? .control(character) : nil
    }
  }
}

extension Character {
  /// Whether no key types it.
  fileprivate var isControl: Bool {
    unicodeScalars.contains { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) }
  }
}
