import Foundation
import SentinelLab
import Subprocess

@testable import RedisSentinel

/// Certificates made with the `openssl` command, in a folder that goes with them.
struct Certificates {
  private let folder: String

  /// The authority that has signed everything here but itself and the other authority.
  var authority: String { path("ca.crt") }
  /// One that has signed nothing but the stranger's certificate.
  var otherAuthority: String { path("other.crt") }

  /// For the server: 127.0.0.1 and localhost.
  static let server = "server"
  /// For the server: localhost, but no address.
  static let named = "named"
  /// For the server, and a day too old.
  static let expired = "expired"
  /// For clients.
  static let client = "client"
  /// For clients, from the other authority.
  static let stranger = "stranger"

  /// Makes them, lends them, and removes them.
  static func open<Result>(_ body: (Certificates) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "sentop-certificates.\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let made = try await run(
      .name("sh"), arguments: Arguments(["-c", script, "sh", folder.path()]),
      output: .discarded, error: .string(limit: 64 * 1024))
    guard made.terminationStatus.isSuccess else { throw NotMade(words: made.standardError) }
    return try await body(Certificates(folder: folder.path()))
  }

  func path(_ file: String) -> String { "\(folder)/\(file)" }

  /// Replaces a file by another one's content.
  func copy(_ file: String, to copy: String) throws {
    try? FileManager.default.removeItem(atPath: path(copy))
    try FileManager.default.copyItem(atPath: path(file), toPath: path(copy))
  }

  /// What a client shows of itself.
  func identity(_ name: String = client) -> TLSOption.Identity {
    TLSOption.Identity(certificateFile: path("\(name).crt"), keyFile: path("\(name).key"))
  }

  /// Believes the authority, and shows the client's certificate.
  var trusted: TLSOption.Settings {
    TLSOption.Settings(trust: .file(authority), identity: identity())
  }

  /// How a lab speaks TLS.
  func lab(
    _ name: String = server, nodes: Bool = true, sentinels: Bool = true,
    wantsClientCertificates: Bool = true
  ) -> LabTLS {
    LabTLS(
      certificateFile: path("\(name).crt"), keyFile: path("\(name).key"),
      authorityFile: authority, nodes: nodes, sentinels: sentinels,
      wantsClientCertificates: wantsClientCertificates)
  }

  private struct NotMade: Error {
    var words: String
  }

  private static let script = """
    set -e
    cd "$1"
    curve='-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes'
    for ca in ca other; do
      openssl req -x509 $curve -keyout $ca.key -out $ca.crt -days 2 -subj "/CN=$ca"
    done
    sign() {
      openssl req $curve -keyout $1.key -out $1.csr -subj "/CN=$1"
      echo "subjectAltName=$4" >$1.ext
      openssl x509 -req -in $1.csr -CA $2.crt -CAkey $2.key -CAcreateserial -days $3 \\
        -extfile $1.ext -out $1.crt
    }
    sign server ca 2 IP:127.0.0.1,DNS:localhost
    sign named ca 2 DNS:localhost
    sign expired ca -1 IP:127.0.0.1,DNS:localhost
    sign client ca 2 DNS:client
    sign stranger other 2 DNS:stranger
    openssl ec -in client.key -aes256 -passout pass:s3cr3t -out locked.key
    """
}
