internal import SentinelLab

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

// A process of its own that owns a lab, for the tests to kill: says what it started, then waits.
try await Lab.open(LabLayout(replicas: 1, sentinels: 1)) { lab in
  // A frozen server must end as well.
  try await lab.replicas[0].freeze()
  print(lab.path)
  for node in lab.nodes {
    switch await node.state {
    case .up(let pid), .frozen(let pid): print(pid)
    default: break
    }
  }
  print("open")
  fflush(nil)
  try await Task.sleep(for: .seconds(600))
}
