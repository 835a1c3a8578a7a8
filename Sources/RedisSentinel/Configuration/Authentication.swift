/// Who we are to a server. The password never shows in a description.
public struct Authentication: Hashable, Sendable {
  /// The ACL user; nil for the default user.
  public var username: String?
  /// The password.
  public var password: String

  /// A password, for a user or the default one.
  public init(username: String? = nil, password: String) {
    self.username = username
    self.password = password
  }
}

extension Authentication: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The user, with the password masked.
  public var description: String { "\(username ?? "default"):******" }
  /// The same as `description`: a dump shows no password either.
  public var debugDescription: String { description }
  /// A mirror without the password.
  public var customMirror: Mirror { Mirror(self, children: ["username": username ?? "default"]) }
}
