import ArgumentParser

/// In which form to print.
struct OutputOptions: ParsableArguments {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case table, json
  }

  @Option(help: "The form of what is printed: table or json.")
  var format = Format.table
}
