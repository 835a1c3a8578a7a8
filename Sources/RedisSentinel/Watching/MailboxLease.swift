/// An iteration's hold on its mailbox: nothing is kept for a reader who has gone.
final class MailboxLease<Element: Sendable>: Sendable {
  private let mailbox: Mailbox<Element>

  init(_ mailbox: Mailbox<Element>) {
    self.mailbox = mailbox
  }

  deinit { mailbox.close() }

  func next(isolation: isolated (any Actor)?) async -> Element? {
    // A mailbox that is never closed with an error has none to tell.
    (try? await mailbox.next(isolation: isolation)) ?? nil
  }
}
