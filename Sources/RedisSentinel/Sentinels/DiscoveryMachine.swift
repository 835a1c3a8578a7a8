package import RESP
package import SentinelModel

/// Decides whose word on a master's address to take. Knows no socket.
///
/// The address comes from GET-MASTER-ADDR-BY-NAME, which is ahead of MASTER in a failover; MASTER,
/// asked in the same round trip, tells whether the address is any good.
package struct DiscoveryMachine {
  /// A Sentinel's word on the master that can be taken.
  package struct Found: Hashable, Sendable {
    package var address: NodeAddress
    /// The epoch of the configuration; nil where we may not ask for it.
    package var epoch: UInt64?
    /// Who said so.
    package var source: NodeAddress
  }

  package let service: ServiceName
  private let minimumOtherSentinels: Int
  /// Why the answers so far can't be taken.
  package private(set) var rejections: [SentinelError] = []

  package init(_ service: ServiceName, minimumOtherSentinels: Int) {
    self.service = service
    self.minimumOtherSentinels = minimumOtherSentinels
  }

  /// The commands to send to each Sentinel, in one go.
  package var questions: [[String]] {
    [
      SentinelQuery.masterAddress(service).words,
      SentinelQuery<MasterState>.master(service).words,
    ]
  }

  /// A Sentinel gave no answer at all.
  package mutating func failed(_ error: SentinelError) {
    rejections.append(error)
  }

  /// Judges a Sentinel's two replies; nil where the next one has to be asked.
  package mutating func received(
    _ replies: [RESPValue], from endpoint: NodeAddress
  ) -> Found? {
    do throws(SentinelError) {
      return try judge(replies, endpoint)
    } catch {
      rejections.append(error)
      return nil
    }
  }

  private func judge(
    _ replies: [RESPValue], _ endpoint: NodeAddress
  ) throws(SentinelError) -> Found {
    func reject(_ code: SentinelError.Code, _ message: String) -> SentinelError {
      SentinelError(code, message, endpoint: endpoint, service: service)
    }
    guard replies.count == 2 else {
      throw reject(.protocolViolation, "it didn't answer both questions")
    }
    guard
      let address = try SentinelQuery.masterAddress(service).reply(replies[0], from: endpoint)
    else {
      throw reject(.masterNotFound(.unknownService), "it doesn't know \(service)")
    }
    let master: MasterState
    do throws(SentinelError) {
      master = try SentinelQuery.master(service).reply(replies[1], from: endpoint)
    } catch let error where error.code == .forbidden && minimumOtherSentinels == 0 {
      // The documented minimal ACL may lack MASTER: the address stands, unverified.
      return Found(address: address, source: endpoint)
    } catch {
      throw error
    }
    // In a failover the flags still speak of the outgoing node.
    let flagsDescribeIt =
      master.address == address || !master.flags.contains(.failoverInProgress)
    if flagsDescribeIt, master.flags.isDown || master.flags.role != .master {
      throw reject(.masterNotFound(.masterDown), "the master \(address) is \(master.flags)")
    }
    guard master.otherSentinelCount >= minimumOtherSentinels else {
      throw reject(
        .masterNotFound(.tooFewPeers),
        "it knows \(master.otherSentinelCount) other Sentinels, \(minimumOtherSentinels) are wanted"
      )
    }
    return Found(address: address, epoch: master.configEpoch, source: endpoint)
  }

  /// What to tell where no Sentinel gave an acceptable address.
  package func failure(timedOut: Bool) -> SentinelError {
    let reasons = rejections.reduce(into: Set<SentinelError.MasterNotFoundReason>()) {
      if case .masterNotFound(let reason) = $1.code { $0.insert(reason) }
    }
    func error(_ code: SentinelError.Code, _ message: String) -> SentinelError {
      SentinelError(code, message, service: service, underlying: rejections)
    }
    if let reason = reasons.first {
      let what = reasons.count > 1 ? .mixed : reason
      let message =
        what == .unknownService
        ? "no Sentinel knows a service \"\(service)\"" : "no master found for \(service)"
      return error(.masterNotFound(what), message)
    }
    if timedOut {
      return error(.timeout(.discovery), "no Sentinel named the master of \(service) in time")
    }
    if !rejections.isEmpty, rejections.allSatisfy({ $0.code == .authentication }) {
      return error(.authentication, "every Sentinel refused the user name or the password")
    }
    if !rejections.isEmpty, rejections.allSatisfy({ $0.code == .forbidden }) {
      return error(.forbidden, "the user may not ask any Sentinel for the master of \(service)")
    }
    if !rejections.isEmpty, rejections.allSatisfy({ $0.code == .tls }) {
      return error(.tls, "TLS could be agreed on with no Sentinel")
    }
    return error(.sentinelsUnreachable, "no Sentinel could be asked")
  }
}
