/// A look for each role.
///
/// A role that is not given takes the look of its `fallback`, and that one's, down to `text`. A
/// colour that a look does not name is that of the ground beneath, then that of `text`, then the
/// terminal's own.
package struct Theme: Hashable, Sendable {
  package var name: String
  var looks: [Role: Look]

  package init(name: String, looks: [Role: Look]) {
    self.name = name
    self.looks = looks
  }

  /// Nothing but the terminal's own colours: emphasis alone, for when no theme can be had.
  package static let plain = Theme(
    name: "plain",
    looks: [
      .dim: Look(emphasis: .dim), .accent: Look(emphasis: .bold), .critical: Look(emphasis: .bold),
      .warning: Look(emphasis: .bold), .selection: Look(emphasis: .reverse),
      .selectionUnfocused: Look(emphasis: .underline), .changed: Look(emphasis: .underline),
    ])

  /// The look of text in a style.
  package func look(for style: Style) -> Look {
    let text = looks[.text] ?? Look()
    let own = ownLook(of: style.role)
    let ground = style.ground.map(ownLook) ?? Look()
    let changed = style.isChanged ? ownLook(of: .changed) : Look()
    var emphasis = own.emphasis.union(ground.emphasis).union(changed.emphasis)
    // Dim letters on a reversed bar can't be read.
    if ground.emphasis.contains(.reverse) { emphasis.remove(.dim) }
    // A selection goes over everything in its row; other grounds lie under an input field's own.
    let isSelected = style.ground == .selection || style.ground == .selectionUnfocused
    let background =
      isSelected
      ? ground.background ?? own.background
      : own.background ?? changed.background ?? ground.background
    // In a reversed bar each colour would be a patch: all of it is written alike.
    let letters = ground.emphasis.contains(.reverse) ? nil : own.foreground
    return Look(
      foreground: letters ?? ground.foreground ?? changed.foreground ?? text.foreground,
      background: background ?? text.background, emphasis: emphasis)
  }

  /// What a role itself asks for; for `text` nothing, since it lies beneath everything.
  private func ownLook(of role: Role) -> Look {
    var role = role
    while role != .text {
      if let look = looks[role] { return look }
      role = role.fallback ?? .text
    }
    return Look(emphasis: looks[.text]?.emphasis ?? [])
  }
}
