import SentinelModel
import Testing

@Suite struct NodeRoleTests {
  @Test(
    arguments: [
      ("master", .master), ("primary", .master), ("slave", .replica), ("replica", .replica),
      ("sentinel", .sentinel), ("Master", nil), ("", nil), ("master ", nil), ("slaves", nil),
    ] as [(String, NodeRole?)])
  func `old and new words are read, and nothing else`(word: String, role: NodeRole?) {
    #expect(NodeRole(wire: word) == role)
  }
}
