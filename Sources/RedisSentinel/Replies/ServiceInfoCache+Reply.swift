package import RESP
package import SentinelModel

extension ServiceInfoCache {
  /// Reads the answer to INFO-CACHE; nil where it has another shape.
  package static func read(_ reply: RESPValue) -> [ServiceInfoCache]? {
    guard let elements = reply.elements, elements.count.isMultiple(of: 2) else { return nil }
    var caches: [ServiceInfoCache] = []
    for index in stride(from: 0, to: elements.count, by: 2) {
      guard let name = elements[index].text, let pairs = elements[index + 1].elements else {
        return nil
      }
      var infos: [CachedInfo] = []
      for pair in pairs {
        guard let parts = pair.elements, parts.count == 2, let age = parts[0].integer else {
          return nil
        }
        infos.append(
          CachedInfo(
            age: .milliseconds(max(0, age)), info: parts[1].text.map { ServerInfo(text: $0) }))
      }
      guard let master = infos.first else { return nil }
      caches.append(
        ServiceInfoCache(
          service: ServiceName(name), master: master, replicas: Array(infos.dropFirst())))
    }
    return caches
  }
}
