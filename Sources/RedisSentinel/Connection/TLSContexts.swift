import NIOSSL
import Synchronization

/// The contexts of TLS, which are dear: one for each configuration, made anew when its files change.
final class TLSContexts: Sendable {
  static let shared = TLSContexts()

  private struct Entry {
    var settings: TLSOption.Settings
    var files: TLSFiles
    var context: NIOSSLContext
  }

  private static let most = 16
  private let entries = Mutex<[Entry]>([])

  func context(for settings: TLSOption.Settings) throws(TLSFiles.Trouble) -> NIOSSLContext {
    let files = TLSFiles(of: settings)
    let known = entries.withLock { entries in
      entries.first { $0.settings == settings && $0.files == files }
    }
    if let known { return known.context }
    let context = try TLSFiles.context(for: settings)
    return entries.withLock { entries in
      // Where several were made at the same time, the first is kept.
      if let other = entries.first(where: { $0.settings == settings && $0.files == files }) {
        return other.context
      }
      entries.removeAll { $0.settings == settings }
      if entries.count == Self.most { entries.removeFirst() }
      entries.append(Entry(settings: settings, files: files, context: context))
      return context
    }
  }
}
