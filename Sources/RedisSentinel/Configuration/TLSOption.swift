/// Whether a connection is encrypted, and whom it trusts then.
public enum TLSOption: Hashable, Sendable {
  /// Plain text.
  case disabled
  /// TLS, version 1.2 or newer. A connection on which it fails is never tried without.
  case enabled(Settings)

  /// Whom to trust, and who we are.
  public struct Settings: Hashable, Sendable {
    /// Which authorities' certificates are believed.
    public var trust: Trust
    /// How the server's certificate is checked.
    public var verification: Verification
    /// Our own certificate; nil where the server asks for none.
    public var identity: Identity?
    /// The name that the certificate has to be for, and that is sent to the server; nil for the host
    /// that is dialled. Where that is an IP address, none is sent, and a certificate for the address
    /// that was reached will do.
    public var serverName: String?

    /// Settings; by default the system's authorities, everything checked, no certificate of our own.
    public init(
      trust: Trust = .system, verification: Verification = .full, identity: Identity? = nil,
      serverName: String? = nil
    ) {
      self.trust = trust
      self.verification = verification
      self.identity = identity
      self.serverName = serverName
    }
  }

  /// Which authorities' certificates are believed.
  public enum Trust: Hashable, Sendable {
    /// Those that the system trusts.
    case system
    /// Those in a PEM file, and no others.
    case file(String)
  }

  /// How the server's certificate is checked.
  public enum Verification: Hashable, Sendable {
    /// Its chain, its dates, and its names.
    case full
    /// Its chain and its dates: any server with a certificate of the authority will do.
    case withoutServerName
    /// Not at all: encrypted, but with whom is anybody's guess.
    case none
  }

  /// A certificate of our own. The password never shows in a description.
  public struct Identity: Hashable, Sendable {
    /// A PEM file: our certificate first, then those between it and the authority's.
    public var certificateFile: String
    /// A PEM file with the certificate's private key.
    public var keyFile: String
    /// The private key's password, where it has one.
    public var keyPassword: String?

    /// A certificate and its key. The files are read when the first connection is made, and again
    /// when they have changed.
    public init(certificateFile: String, keyFile: String, keyPassword: String? = nil) {
      self.certificateFile = certificateFile
      self.keyFile = keyFile
      self.keyPassword = keyPassword
    }
  }
}

extension TLSOption.Identity: CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  /// The files.
  public var description: String { "\(certificateFile) with \(keyFile)" }
  /// The same as `description`: a dump shows no password either.
  public var debugDescription: String { description }
  /// A mirror without the password.
  public var customMirror: Mirror {
    Mirror(self, children: ["certificateFile": certificateFile, "keyFile": keyFile])
  }
}
