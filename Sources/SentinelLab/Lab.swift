import SentinelModel

/// Real servers on loopback that Sentinels watch: nothing of them outlives the lab, nor us.
package final class Lab: Sendable {
  package let layout: LabLayout
  package let server: ServerBinary
  /// In the order of the layout's services, as laid out: failovers change who is master.
  package let masters: [LabNode]
  /// Service by service, as laid out.
  package let replicas: [LabNode]
  package let sentinels: [LabNode]
  /// Where the nodes keep their files, each in a folder of its name.
  package var path: String { directory.path }

  let directory: LabDirectory
  let guests = GuestList()

  /// Starts every server, lends the lab, and ends everything, however `body` ends.
  ///
  /// A task that is cancelled still closes in good order. When this process is killed, the
  /// servers end by themselves. Throws `LabError` where the lab can't be had.
  package static func open<Result>(
    _ layout: LabLayout = LabLayout(), server: ServerBinary? = nil,
    ports: (Int) throws -> [Int] = FreePorts.find, _ body: (Lab) async throws -> Result
  ) async throws -> Result {
    try layout.check()
    let server = if let server { server } else { try await ServerBinary.find() }
    let lab = try await running(layout, server: server, ports: ports)
    do {
      let result = try await body(lab)
      await lab.close()
      return result
    } catch {
      await lab.close()
      throw error
    }
  }

  /// Somebody may take a port between our look and the server's: then it is tried with others.
  private static func running(
    _ layout: LabLayout, server: ServerBinary, ports: (Int) throws -> [Int]
  ) async throws -> Lab {
    var triesLeft = 5
    while true {
      let ports = try ports(layout.portCount)
      let directory = try await LabDirectory.make()
      do {
        let lab = try Lab(layout, server: server, ports: ports, directory: directory)
        try await lab.start()
        return lab
      } catch LabError.portTaken where triesLeft > 1 {
        await directory.remove()
        triesLeft -= 1
      } catch {
        await directory.remove()
        throw error
      }
    }
  }

  private init(
    _ layout: LabLayout, server: ServerBinary, ports: [Int], directory: LabDirectory
  ) throws {
    var ports = ports.makeIterator()
    func nextAddress() throws -> NodeAddress {
      guard let port = ports.next() else { throw LabError.noPorts }
      return NodeAddress(host: "127.0.0.1", port: port)
    }
    let builder = NodeBuilder(layout: layout, server: server, directory: directory)
    var masters: [LabNode] = []
    var replicas: [LabNode] = []
    for service in layout.services {
      let master = try builder.dataNode(
        "\(service)-master", at: nextAddress(), service: service)
      masters.append(master)
      for number in 0..<layout.replicas {
        try replicas.append(
          builder.dataNode(
            "\(service)-replica-\(number + 1)", at: nextAddress(), service: service,
            replicaOf: master.address))
      }
    }
    let services = zip(layout.services, masters).map { (service: $0, address: $1.address) }
    let addresses = try (0..<layout.sentinels).map { _ in try nextAddress() }
    sentinels = try addresses.enumerated().map { index, address in
      try builder.sentinel(
        "sentinel-\(index + 1)", at: address,
        peerPort: layout.tls?.needsTwoPorts == true ? nextAddress().port : nil, masters: services)
    }
    self.layout = layout
    self.server = server
    self.masters = masters
    self.replicas = replicas
    self.directory = directory
  }

  /// Each kind waits for the one before, so that nobody meets a closed port and comes back a
  /// second later, and the Sentinels' first INFO finds the replicas.
  private func start() async throws {
    do {
      try await together(masters) { try await $0.start() }
      try await together(replicas) { try await $0.start(until: .synced) }
      try await together(sentinels) { try await $0.start() }
    } catch {
      await end()
      throw error
    }
  }

  private func end() async {
    let guests = guests.close()
    await withTaskGroup { group in
      for node in masters + replicas + sentinels + guests { group.addTask { await node.close() } }
    }
  }

  private func close() async {
    await end()
    await directory.remove()
  }
}
