import Canvas
import Dashboard
import Testing

@Suite struct LayoutTests {
  @Test func `a wide screen has Masters at the left and Events below`() throws {
    let layout = layout(120, 36)
    let masters = try #require(layout.panes[.masters]?.rect)
    let replicas = try #require(layout.panes[.replicas]?.rect)
    let sentinels = try #require(layout.panes[.sentinels]?.rect)
    let events = try #require(layout.panes[.events]?.rect)
    #expect(masters.right == replicas.left && replicas.right == 120)
    #expect(sentinels.left == replicas.left && sentinels.top == replicas.bottom - 1)
    #expect(masters.bottom == sentinels.bottom && events.top == masters.bottom)
    #expect(events.columns == 120 && events.bottom == 35)
    #expect(layout.tabs == nil)
  }

  @Test func `a medium screen has Masters over the full width`() throws {
    let layout = layout(80, 24)
    #expect(layout.panes[.masters]?.rect.columns == 80)
    #expect(layout.panes[.replicas]?.rect.top == layout.panes[.sentinels]?.rect.top)
    #expect(layout.panes[.events]?.rect.columns == 80)
  }

  @Test func `a small screen has the focused pane only, and tabs`() {
    let layout = layout(40, 12, focus: .sentinels)
    #expect(Array(layout.panes.keys) == [.sentinels])
    #expect(layout.tabs?.top == 1)
  }

  @Test func `panes are no larger than what they hold, Events get the rest`() throws {
    let few = try #require(layout(120, 36, masters: 1, replicas: 1, sentinels: 1).panes[.events])
    let many = try #require(layout(120, 36, masters: 500, replicas: 9, sentinels: 9).panes[.events])
    #expect(few.rect.rows == 27)
    #expect(many.rect.rows == 10)
  }

  @Test func `many replicas don't push the Sentinels out, nor the other way round`() throws {
    for (replicas, sentinels) in [(100, 3), (3, 100), (100, 100)] {
      let layout = layout(120, 36, masters: 1, replicas: replicas, sentinels: sentinels)
      #expect(try #require(layout.panes[.replicas]).room >= 3)
      #expect(try #require(layout.panes[.sentinels]).room >= 3)
    }
  }

  @Test func `nothing stands outside of the screen or upon something else`() {
    for columns in stride(from: 1, through: 200, by: 7) {
      for rows in 1...50 {
        for count in [0, 1, 3, 40] {
          for hasStrip in [false, true] {
            let layout = layout(
              columns, rows, masters: count, replicas: count, sentinels: count, hasStrip: hasStrip)
            let screen = Rect(Size(columns: columns, rows: rows))
            let insides =
              layout.panes.values.map(\.inside) + [layout.title, layout.hint]
              + [layout.tabs, layout.strip?.inside].compactMap(\.self)
            for (index, rect) in insides.enumerated() {
              #expect(rect.intersection(screen) == rect || rect.isEmpty)
              for other in insides[..<index] { #expect(rect.intersection(other).isEmpty) }
            }
          }
        }
      }
    }
  }

  @Test func `a failover is drawn on every screen that isn't tiny, and its pane stays`() throws {
    for (columns, rows, lines) in [(120, 36, 2), (80, 24, 2), (40, 12, 1), (200, 8, 1)] {
      let layout = layout(columns, rows, hasStrip: true)
      #expect(try #require(layout.strip).inside.rows == lines)
      #expect(try #require(layout.panes[.masters]).room >= 2)
    }
    #expect(layout(40, 6, hasStrip: true).strip == nil)
  }

  private func layout(
    _ columns: Int, _ rows: Int, focus: Pane = .masters, masters: Int = 2, replicas: Int = 2,
    sentinels: Int = 3, hasStrip: Bool = false
  ) -> Layout {
    Layout(
      Size(columns: columns, rows: rows), focus: focus, masters: masters, replicas: replicas,
      sentinels: sentinels, hasStrip: hasStrip)
  }
}
