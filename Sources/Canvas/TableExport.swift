// All rows of a table, as the cells say it, whether or not they fit on the screen.
extension Table {
  /// As RFC 4180 has it. A cell that a spreadsheet would take for a formula gets a `'` in front.
  /// Sizes are in bytes and times in milliseconds, as the titles say.
  package func csv() -> String {
    let titles = zip(exportTitles, columns).map { $0 + ($1.unit?.title ?? "") }
    let lines =
      [titles]
      + rows.map { row in
        columns.map { column in
          guard let unit = column.unit else { return shown(column, row) }
          return column.number?(row).map(unit.written) ?? ""
        }
      }
    return lines.map { $0.map(Self.csvCell).joined(separator: ",") + "\r\n" }.joined()
  }

  /// A list with an object for each row; the keys are the titles in lower camel case, the values
  /// what the cells say, letter by letter, or numbers: sizes in `…Bytes`, times in `…Ms`.
  package func json() -> String {
    let titles = zip(exportTitles, columns).map { Self.key($0) + ($1.unit?.suffix ?? "") }
    let keys = titles.reduce(into: [String]()) { keys, key in
      keys.append(keys.contains(key) ? "\(key)\(keys.count + 1)" : key)
    }
    let objects = rows.map { row in
      let pairs = zip(keys, columns).map { key, column -> String in
        guard let unit = column.unit else {
          return Self.quoted(key) + ": " + Self.quoted(column.text(row).plain.trimmed)
        }
        return Self.quoted(key) + ": " + (column.number?(row).map(unit.written) ?? "null")
      }
      return "    {" + pairs.joined(separator: ", ") + "}"
    }
    return "{\n  \"schema\": 1,\n  \"rows\": ["
      + (objects.isEmpty ? "" : "\n" + objects.joined(separator: ",\n") + "\n  ") + "]\n}\n"
  }

  /// A table with bars, as GitHub and others show it. What would be taken for a mark is escaped.
  package func markdown() -> String {
    let cells =
      [exportTitles.map(Self.markdownCell)]
      + rows.map { row in columns.map { Self.markdownCell(shown($0, row)) } }
    let widths = columns.indices.map { index in
      max(3, cells.map { Glyph.columns(of: $0[index]) }.max() ?? 0)
    }
    func line(_ cells: [String]) -> String {
      let padded = zip(zip(cells, widths), columns).map { cell, column in
        Text(cell.0).padded(to: cell.1, column.alignment).plain
      }
      return "| " + padded.joined(separator: " | ") + " |\n"
    }
    let rule = zip(columns, widths).map { column, width in
      switch column.alignment {
      case .left: String(repeating: "-", count: width)
      case .right: String(repeating: "-", count: width - 1) + ":"
      case .center: ":" + String(repeating: "-", count: width - 2) + ":"
      }
    }
    return line(cells[0]) + line(rule) + cells.dropFirst().map(line).joined()
  }

  /// Some columns have no title on the screen.
  private var exportTitles: [String] {
    columns.map { column in
      let title = column.title.isEmpty ? column.field.uppercased() : column.title
      return title.isEmpty ? "MARK" : title
    }
  }

  /// What a cell says, with marks in place of what a terminal would obey.
  private func shown(_ column: Column<Row>, _ row: Row) -> String {
    Glyphs(column.text(row).plain).reduce(into: "") { $0 += $1.text }.trimmed
  }

  private static func csvCell(_ text: String) -> String {
    var text = text
    let isNumber = Double(text) != nil
    if let first = text.first, "=+-@＝＋－＠".contains(first), !isNumber { text = "'" + text }
    // The ends of lines have become marks already.
    guard text.contains(where: { $0 == "," || $0 == "\"" }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  private static func markdownCell(_ text: String) -> String {
    text.reduce(into: "") { escaped, character in
      if "\\`*_[]<>|~".contains(character) { escaped.append("\\") }
      escaped += character == "&" ? "&amp;" : String(character)
    }
  }

  /// `MASTER IT SEES` as `masterItSees`.
  private static func key(_ title: String) -> String {
    let words = title.lowercased().split { !$0.isLetter && !$0.isNumber }
    return (words.first.map(String.init) ?? "")
      + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }

  private static func quoted(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "\"") { quoted, scalar in
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      default:
        // What a terminal or an editor would obey is spelt out, too.
        if case .replaced = scalar.printing {
          for unit in scalar.utf16 {
            let hex = String(unit, radix: 16)
            quoted += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
          }
        } else {
          quoted.unicodeScalars.append(scalar)
        }
      }
    } + "\""
  }
}

extension String {
  fileprivate var trimmed: String {
    var rest = self[...]
    while rest.first == " " { rest.removeFirst() }
    while rest.last == " " { rest.removeLast() }
    return String(rest)
  }
}

extension ColumnUnit {
  /// What a title says of it.
  fileprivate var title: String {
    switch self {
    case .pieces: ""
    case .bytes: " (bytes)"
    case .seconds: " (ms)"
    }
  }

  /// What a key says of it.
  fileprivate var suffix: String {
    switch self {
    case .pieces: ""
    case .bytes: "Bytes"
    case .seconds: "Ms"
    }
  }

  /// A number for programs: whole, or with three digits at most.
  fileprivate func written(_ number: Double) -> String {
    let value = self == .seconds ? number * 1_000 : number
    guard value.isFinite, abs(value) < 1e15 else { return "\(value)" }
    let thousandths = Int64((value * 1_000).rounded())
    guard thousandths % 1_000 != 0 else { return "\(thousandths / 1_000)" }
    return "\(Double(thousandths) / 1_000)"
  }
}
