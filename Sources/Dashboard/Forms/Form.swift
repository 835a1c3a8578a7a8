internal import Canvas
package import SentinelModel

/// Lines to be filled in before a question is asked. Nothing is sent by it.
package struct Form: Hashable, Sendable {
  package let purpose: Purpose
  package private(set) var fields: [FormField]
  /// The field that is typed into.
  package private(set) var focus = 0
  /// Whether it was to be handed in already: what is missing counts from then on.
  package private(set) var isChecked = false

  /// What it is for.
  package enum Purpose: Hashable, Sendable {
    case newService
    case settings(ServiceName)
  }

  /// A new service; most want a majority of the Sentinels that there are.
  static func forNewService(in state: State) -> Form {
    Form(
      purpose: .newService,
      fields: [
        FormField(.service), FormField(.address),
        FormField(.quorum, "\(state.topology.vantages.count / 2 + 1)"),
      ])
  }

  /// The settings of a service. What stays empty stays as it is.
  static func settings(of service: ServiceName) -> Form {
    Form(
      purpose: .settings(service),
      fields: FormField.Option.allCases.map { FormField(.option($0)) })
  }

  /// Types into the field; false where the key means nothing there.
  mutating func type(_ key: Key) -> Bool {
    guard fields.indices.contains(focus) else { return false }
    return fields[focus].type(key)
  }

  mutating func moveFocus(by steps: Int) {
    guard !fields.isEmpty else { return }
    focus = (focus + steps + fields.count) % fields.count
  }

  /// Goes to a field, if there is one.
  mutating func choose(_ field: Int) {
    if fields.indices.contains(field) { focus = field }
  }

  /// Says whether it can be handed in, and goes to the first field that keeps it from that.
  mutating func check() -> Bool {
    isChecked = true
    guard let wrong = fields.firstIndex(where: { $0.problem != nil }) else { return true }
    focus = wrong
    return false
  }

  /// What is wrong with a field, as far as it is to be told: nobody has to fill in all at once.
  func problem(of field: FormField) -> String? {
    field.text.isEmpty && !isChecked ? nil : field.problem
  }

  /// What it asks for; nil where it isn't filled in, or changes nothing.
  var request: Request? {
    switch purpose {
    case .newService:
      guard let address = NodeAddress(parsing: text(of: .address), defaultPort: 6379),
        let quorum = Int(text(of: .quorum))
      else { return nil }
      return .monitor(ServiceName(text(of: .service)), address, quorum: quorum)
    case .settings(let service):
      let options = fields.compactMap { field -> MonitorOption? in
        guard case .option(let option) = field.name, !field.text.isEmpty else { return nil }
        return option.setting(field.text)
      }
      return options.isEmpty ? nil : .set(service, options)
    }
  }

  private func text(of name: FormField.Name) -> String {
    fields.first { $0.name == name }?.text ?? ""
  }
}
