internal import Canvas
internal import SentinelInsight
internal import SentinelModel

// Forms, and what is typed into them and into questions.
extension State {
  mutating func fillIn(_ form: Form) { mode = .filling(form) }

  mutating func editSettings() {
    guard let service = service?.name else { return }
    fillIn(.settings(of: service))
  }

  mutating func performInForm(_ action: Action) {
    guard case .filling(var form) = mode else { return }
    switch action {
    case .nextField: form.moveFocus(by: 1)
    case .previousField: form.moveFocus(by: -1)
    default:
      let isWhole = form.check()
      mode = .filling(form)
      guard isWhole else {
        return say("Not yet: see what is wrong.", .warning)
      }
      guard let request = form.request else {
        return say("Nothing was filled in: what stays empty stays as it is.", .notice)
      }
      heldForm = form
      return ask(request)
    }
    mode = .filling(form)
  }

  /// Takes a key that no action claims, where a form or a name is being typed.
  mutating func typeInForm(_ key: Key, at moment: Timestamp) {
    switch mode {
    case .filling(var form):
      if form.type(key) { mode = .filling(form) }
    case .confirming(var question) where question.needsWord:
      guard question.canBeAnswered(at: moment) else { return sayTooEarly(question) }
      if question.type(key) { mode = .confirming(question) }
    default: break
    }
  }

  /// What the Sentinels have for a setting now, and who has what where they differ.
  func present(_ option: FormField.Option, of service: ServiceName) -> String {
    let voices = topology.vantages.filter { $0.isReachable && $0.services[service] != nil }
    let values = voices.compactMap { vantage in
      vantage.value(of: option.rawValue, service).map { (vantage.address, $0) }
    }
    guard !values.isEmpty else { return "not told" }
    var order: [String] = []
    for (_, value) in values where !order.contains(value) { order.append(value) }
    func words(_ value: String) -> String { value.isEmpty ? "none" : value }
    guard order.count > 1 else { return words(order[0]) }
    return order.map { value in
      let who = values.filter { $0.1 == value }.map { topology.label(of: $0.0) }
      return "\(who.joined(separator: " ")): \(words(value))"
    }.joined(separator: ", ")
  }
}
