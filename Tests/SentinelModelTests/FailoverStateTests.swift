import SentinelModel
import Testing

@Suite struct FailoverStateTests {
  @Test(
    arguments: [
      ("none", .none), ("wait_start", .waitStart), ("select_slave", .selectReplica),
      ("select_replica", .selectReplica), ("send_slaveof_noone", .sendReplicaOfNoOne),
      ("send_replicaof_noone", .sendReplicaOfNoOne), ("wait_promotion", .waitPromotion),
      ("reconf_slaves", .reconfigureReplicas), ("reconf_replicas", .reconfigureReplicas),
      ("update_config", .updateConfiguration), ("unknown", .other("unknown")),
      ("future_step", .other("future_step")), ("", .other("")),
    ] as [(String, FailoverState)])
  func `a step is read, and an unknown one kept`(word: String, state: FailoverState) {
    #expect(FailoverState(wire: word) == state)
  }
}
