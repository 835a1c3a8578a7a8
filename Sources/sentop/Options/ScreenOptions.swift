import ArgumentParser
import Canvas
import Themes

/// How the screen looks, and what it may do.
struct ScreenOptions: ParsableArguments {
  /// How many colours to use.
  enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, never, always
    case sixteen = "16"
    case many = "256"

    /// At most so many; nil for what the terminal has.
    var depth: ColorDepth? {
      switch self {
      case .auto: nil
      case .never: ColorDepth.none
      case .always: .direct
      case .sixteen: .sixteen
      case .many: .indexed
      }
    }
  }

  @Option(
    help: ArgumentHelp(
      "A theme: \(ShippedThemes.names.joined(separator: ", ")), one of your own, or a file.",
      valueName: "name|file"), completion: .list(ShippedThemes.names))
  var theme: String?

  @Flag(inversion: .prefixedNo, help: "Draw with ASCII characters only.")
  var ascii: Bool?

  @Option(help: "How many colours: auto, never, always, 16 or 256.")
  var color: ColorChoice?

  @Flag(
    inversion: .prefixedNo,
    help: "Listen to the mouse, or leave it to the terminal, which then selects text with it.")
  var mouse: Bool?

  @Flag(help: "Refuse everything that changes the deployment.")
  var readOnly = false

  @Option(help: ArgumentHelp("How often each Sentinel is asked.", valueName: "time"))
  var interval: TimeSpan?

  func validate() throws {
    if let trouble = interval?.troubleAsInterval {
      throw ValidationError("--interval must be \(trouble)")
    }
  }
}
