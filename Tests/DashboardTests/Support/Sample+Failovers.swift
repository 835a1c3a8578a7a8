package import SentinelInsight
import SentinelModel

extension Sample {
  /// The failover of session has a new master, which two of three Sentinels have moved to; one
  /// replica follows it, the old master is down.
  package static let switching: Sample = {
    var sample = failingOver
    let new = "slave 127.0.0.1:6480 127.0.0.1 6480 @ session 127.0.0.1 6479"
    sample.announce("+failover-state-send-slaveof-noone", new, by: [2])
    sample.announce("+failover-state-wait-promotion", new, by: [2])
    sample.pass(.milliseconds(640))
    sample.announce("+promoted-slave", new, by: [2])
    sample.announce("+failover-state-reconf-slaves", "master session 127.0.0.1 6479", by: [2])
    sample.pass(.milliseconds(120))
    sample.announce(
      "+slave-reconf-sent", "slave 127.0.0.1:6481 127.0.0.1 6481 @ session 127.0.0.1 6479", by: [2])
    sample.pass(.milliseconds(200))
    sample.announce(
      "+switch-master", "session 127.0.0.1 6479 127.0.0.1 6480", by: [1], apart: .zero)
    sample.report([master("cache"), master("session", port: 6480, epoch: 7)], by: [1])
    sample.pass(.milliseconds(300))
    return sample
  }()

  /// All Sentinels hold the new master; the old one is down and waited for.
  package static let switched: Sample = {
    var sample = switching
    sample.announce("+failover-end", "master session 127.0.0.1 6479", by: [2])
    sample.announce("+switch-master", "session 127.0.0.1 6479 127.0.0.1 6480", by: [2, 3])
    sample.report([master("cache"), master("session", port: 6480, epoch: 7)])
    sample.follow(old: replica(6479, of: 6480, flags: [.replica, .sDown], link: .down(for: nil)))
    sample.pass(.seconds(3))
    return sample
  }()

  /// Everybody is home: the old master follows the new one.
  package static let home: Sample = {
    var sample = switched
    sample.pass(.seconds(9))
    sample.follow(old: replica(6479, of: 6480))
    sample.pass(.seconds(1))
    return sample
  }()

  private mutating func follow(old: ReplicaState) {
    for sentinel in 1...3 {
      observe(
        .replicas("session", [old, Self.replica(6481, of: 6480, priority: 0)]), by: sentinel)
      observe(.master(Self.master("session", port: 6480, epoch: 7)), by: sentinel)
    }
  }

  /// s3 holds another master of cache, doesn't monitor session, and has its own limits.
  package static let differing: Sample = {
    var sample = healthy
    sample.pass(.seconds(60))
    var other = master("cache", port: 6380, epoch: 5)
    other.quorum = 3
    other.report.downAfter = .seconds(30)
    for sentinel in 1...2 {
      sample.report([master("cache"), master("session", port: 6479)], by: [sentinel])
    }
    sample.report([other], by: [3])
    sample.observe(
      .replicas("cache", [replica(6380, flags: [.replica, .sDown]), replica(6381)]), by: 1)
    sample.pass(.milliseconds(300))
    return sample
  }()

  /// Findings of each standing about it.
  package static let findings: [Finding] = {
    let now = differing.now
    let minute = now.advanced(by: .seconds(-60))
    func finding(
      _ rule: String, _ severity: Severity, _ standing: Finding.Standing,
      _ subject: Finding.Subject, _ title: String, _ evidence: [Evidence], advice: String,
      command: String? = nil, mute: Mute? = nil
    ) -> Finding {
      Finding(
        rule: rule, severity: severity, standing: standing, subject: subject, title: title,
        evidence: evidence, advice: advice, command: command, since: minute, mute: mute)
    }
    return [
      finding(
        "D10", .critical, .present, .init(service: "cache"), "the Sentinels hold different masters",
        [
          Evidence("master", "127.0.0.1:6379", from: sentinels[0], at: now),
          Evidence(
            "master", "127.0.0.1:6380", limit: "127.0.0.1:6379", from: sentinels[2], at: minute,
            since: minute),
        ],
        advice: """
          Clients are sent to both. Find out which one is the right one before anything else, then \
          let the others forget the service and monitor it anew.
          """, command: "redis-cli -h 127.0.0.1 -p 26381 SENTINEL RESET cache"),
      finding(
        "D19", .warning, .present, .init(service: "cache", node: sentinels[2]),
        "the quorum differs",
        [Evidence("quorum", "3", limit: "2", from: sentinels[2], at: now)],
        advice: "Set the same at all of them.",
        command: "redis-cli -h 127.0.0.1 -p 26381 SENTINEL SET cache quorum 2"),
      finding(
        "D7", .warning, .settling, .init(service: "session"), "a replica isn't attached",
        [Evidence("replicas", "1", limit: "2", from: sentinels[0], at: now)],
        advice: "Wait until the failover is over."),
      finding(
        "D31", .info, .present, .init(service: "session", node: address(6481)),
        "a replica has priority 0",
        [Evidence("slave-priority", "0", of: address(6481), from: sentinels[0], at: now)],
        advice: "Nothing, if that is what you want.",
        mute: Mute("D31", reason: "it is the backup host")),
      finding(
        "D54", .info, .unknown, .init(service: "cache"), "not known: masters that were restarted",
        [Evidence("INFO", "the data nodes can't be asked: NOPERM", from: nil, at: now)],
        advice: "Permit INFO."),
    ]
  }()
}
