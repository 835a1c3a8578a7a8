/// Who of a lab speaks TLS, and with which certificate: one for all of them, as servers and as clients.
package struct LabTLS: Sendable, Equatable {
  /// PEM files.
  package var certificateFile: String
  package var keyFile: String
  /// The certificates of the authority that they believe.
  package var authorityFile: String
  /// Whether masters and replicas speak TLS, and nothing else.
  package var nodes: Bool
  /// Whether Sentinels speak TLS with their clients.
  package var sentinels: Bool
  /// Whether clients must show a certificate, too.
  package var wantsClientCertificates: Bool

  package init(
    certificateFile: String, keyFile: String, authorityFile: String, nodes: Bool = true,
    sentinels: Bool = true, wantsClientCertificates: Bool = true
  ) {
    self.certificateFile = certificateFile
    self.keyFile = keyFile
    self.authorityFile = authorityFile
    self.nodes = nodes
    self.sentinels = sentinels
    self.wantsClientCertificates = wantsClientCertificates
  }

  /// A Sentinel speaks with other Sentinels as it does with nodes. Where that isn't how it speaks with
  /// its clients, it needs a port for each.
  var needsTwoPorts: Bool { nodes != sentinels }
}
