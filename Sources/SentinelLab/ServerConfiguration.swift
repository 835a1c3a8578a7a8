import SentinelModel

/// The text of a server's own configuration file; the server rewrites it as it lives.
struct ServerConfiguration: Equatable {
  /// One option a line.
  private(set) var text: String

  /// A data node without persistence; with `master`, a replica of it.
  static func dataNode(
    at address: NodeAddress, replicaOf master: NodeAddress?, folder: String, layout: LabLayout,
    binary: ServerBinary
  ) -> ServerConfiguration {
    var file = ServerConfiguration(at: address, folder: folder)
    file.addPorts(of: address, speaksTLS: layout.tls?.nodes == true, layout.tls)
    if !layout.speaksRESP3 { file.add("rename-command", "HELLO", "") }
    file.add("save", "")
    file.add("appendonly", "no")
    file.add("repl-diskless-sync", "yes")
    file.add("repl-diskless-sync-delay", "0")
    if binary.needsDebugOption { file.add("enable-debug-command", "local") }
    if let master { file.add("replicaof", master.host, "\(master.port)") }
    if let password = layout.nodePassword {
      file.add("requirepass", password)
      // A master needs it too: it may be a replica tomorrow.
      file.add("masterauth", password)
    }
    return file
  }

  /// A Sentinel that monitors every service at the address of its master; with `peerPort`, other
  /// Sentinels call there.
  static func sentinel(
    at address: NodeAddress, peerPort: Int? = nil,
    masters: [(service: ServiceName, address: NodeAddress)],
    folder: String, layout: LabLayout
  ) -> ServerConfiguration {
    var file = ServerConfiguration(at: address, folder: folder)
    file.addPorts(
      of: address, peerPort: peerPort, speaksTLS: layout.tls?.sentinels == true, layout.tls)
    if !layout.speaksRESP3 { file.add("rename-command", "HELLO", "") }
    // Sentinels without a password of their own for each other use this one.
    if let password = layout.sentinelPassword { file.add("requirepass", password) }
    for (service, master) in masters {
      let name = service.rawValue
      file.add("sentinel", "monitor", name, master.host, "\(master.port)", "\(layout.quorum)")
      file.add(
        "sentinel", "down-after-milliseconds", name, "\(layout.downAfter.wholeMilliseconds)")
      file.add("sentinel", "failover-timeout", name, "\(layout.failoverTimeout.wholeMilliseconds)")
      file.add("sentinel", "parallel-syncs", name, "\(layout.parallelSyncs)")
      if let password = layout.nodePassword {
        file.add("sentinel", "auth-pass", name, password)
      }
    }
    return file
  }

  private init(at address: NodeAddress, folder: String) {
    text = ""
    add("bind", address.host)
    add("protected-mode", "no")
    add("daemonize", "no")
    add("logfile", "")
    add("dir", folder)
  }

  private mutating func addPorts(
    of address: NodeAddress, peerPort: Int? = nil, speaksTLS: Bool, _ tls: LabTLS?
  ) {
    let port = "\(address.port)"
    // Zero is no port.
    let other = "\(peerPort ?? 0)"
    add("port", speaksTLS ? other : port)
    guard let tls, speaksTLS || tls.nodes else { return }
    if speaksTLS || peerPort != nil { add("tls-port", speaksTLS ? port : other) }
    add("tls-cert-file", tls.certificateFile)
    add("tls-key-file", tls.keyFile)
    add("tls-ca-cert-file", tls.authorityFile)
    add("tls-auth-clients", tls.wantsClientCertificates ? "yes" : "no")
    // To masters, and from Sentinels to all whom they talk to.
    add("tls-replication", tls.nodes ? "yes" : "no")
  }

  private mutating func add(_ words: String...) {
    text += words.map(Self.quoted).joined(separator: " ") + "\n"
  }

  /// A word as the file's grammar wants it: bare if plain, else quoted with its bytes in hex.
  static func quoted(_ word: String) -> String {
    let isPlain = word.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
        UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: ":"):
        true
      default: false
      }
    }
    guard !isPlain || word.isEmpty else { return word }
    let digits = Array("0123456789abcdef")
    let bytes = word.utf8.map { "\\x\(digits[Int($0 >> 4)])\(digits[Int($0 & 15)])" }
    return "\"" + bytes.joined() + "\""
  }
}

extension Duration {
  var wholeMilliseconds: Int64 {
    components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
  }
}
