import Testing

@testable import SentinelLab

struct FreePortsTests {
  @Test func `as many ports as asked for, all different, all free`() throws {
    let ports = try FreePorts.find(20)
    #expect(Set(ports).count == 20)
    #expect(ports.allSatisfy(FreePorts.isFree))
    #expect(ports == ports.sorted())
  }

  @Test func `more than there are is an error`() {
    #expect(throws: LabError.noPorts) { try FreePorts.find(100_000) }
  }

  @Test func `a port with a listener is not free, without it is again`() throws {
    let listener = try Listener()
    #expect(!FreePorts.isFree(listener.port))
    listener.close()
    #expect(FreePorts.isFree(listener.port))
  }
}
