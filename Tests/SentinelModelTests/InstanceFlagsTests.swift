import SentinelModel
import Testing

@Suite struct InstanceFlagsTests {
  @Test(
    arguments: [
      ("master", [.master]),
      ("slave", [.replica]),
      ("sentinel", [.sentinel]),
      ("s_down,o_down,master,disconnected", [.sDown, .oDown, .master, .disconnected]),
      (
        "s_down,o_down,master,disconnected,failover_in_progress,force_failover",
        [.sDown, .oDown, .master, .disconnected, .failoverInProgress, .forceFailover]
      ),
      ("sentinel,master_down", [.sentinel, .masterDown]),
      ("slave,promoted", [.replica, .promoted]),
      ("slave,reconf_sent", [.replica, .reconfSent]),
      ("slave,reconf_inprog", [.replica, .reconfInProgress]),
      ("slave,reconf_done", [.replica, .reconfDone]),
      ("master,coordinated_failover", [.master, .coordinatedFailover]),
      ("slave,script_kill_sent", [.replica, .scriptKillSent]),
      ("master,master_reboot", [.master, .masterReboot]),
      ("primary,primary_reboot", [.master, .masterReboot]),
      ("sentinel,primary_down", [.sentinel, .masterDown]),
      ("replica", [.replica]),
      ("disconnected,master,s_down", [.sDown, .master, .disconnected]),
      (" s_down , master ", [.sDown, .master]),
      ("master,master", [.master]),
      ("", []),
      (",,", []),
    ] as [(String, InstanceFlags)])
  func `the words are read as a set`(text: String, flags: InstanceFlags) {
    #expect(InstanceFlags(wire: text) == flags)
    #expect(InstanceFlags(wire: text).unknown.isEmpty)
  }

  @Test(arguments: ["master_down", "master_reboot", "mastermind", "s_downy", "MASTER", "slaves"])
  func `only whole words count`(word: String) {
    let flags = InstanceFlags(wire: word)
    #expect(!flags.contains(.master) && !flags.contains(.replica) && !flags.contains(.sDown))
    #expect(flags.role == nil)
  }

  @Test func `unknown words are kept in order`() {
    let flags = InstanceFlags(wire: "s_down,zeta,master,alpha")
    #expect(flags.unknown == ["zeta", "alpha"])
    #expect(flags.known == [.sDown, .master])
    #expect("\(flags)" == "s_down,master,zeta,alpha")
  }

  @Test func `a description says replica`() {
    #expect("\(InstanceFlags(wire: "s_down,slave,disconnected"))" == "s_down,replica,disconnected")
  }

  @Test(
    arguments: [
      ("master", .master), ("s_down,slave", .replica), ("sentinel,master_down", .sentinel),
      ("disconnected", nil), ("", nil),
    ] as [(String, NodeRole?)])
  func `the role is the one that is named`(text: String, role: NodeRole?) {
    #expect(InstanceFlags(wire: text).role == role)
  }

  @Test(arguments: [
    ("master", false), ("s_down,master", true), ("o_down,master", true),
    ("sentinel,master_down", false), ("slave,disconnected", false),
  ])
  func `only sdown and odown mean down`(text: String, isDown: Bool) {
    #expect(InstanceFlags(wire: text).isDown == isDown)
  }

  @Test func `a flag that is set is there, and no other`() {
    for flag in InstanceFlag.allCases {
      var flags = InstanceFlags()
      flags.insert(flag)
      #expect(flags.known == [flag])
      #expect(flags == InstanceFlags(flag))
      #expect(InstanceFlag(wire: flag.rawValue) == flag)
    }
  }
}
