import Testing

@testable import Canvas

@Suite struct ColorTests {
  @Test(arguments: [
    ("#ff8000", Color.rgb(red: 255, green: 128, blue: 0)), ("#fff", .white), ("red", .indexed(1)),
    ("bright_white", .indexed(15)), ("208", .indexed(208)), ("grey", .indexed(8)),
    ("0", .indexed(0)),
  ])
  func `a colour is read as it is spelled`(text: String, color: Color) {
    #expect(Color(text) == color)
  }

  @Test(arguments: ["", "#", "#ff", "#ggg", "#+12345", "256", "-1", "redd", "#ff80001", "Red"])
  func `what is no colour is none`(text: String) {
    #expect(Color(text) == nil)
  }

  @Test func `a colour's text gives the colour again`() {
    for index in UInt8.min...UInt8.max {
      #expect(Color(Color.indexed(index).description) == .indexed(index))
    }
    let dark = Color.rgb(red: 0, green: 10, blue: 200)
    #expect(dark.description == "#000ac8")
    #expect(Color(dark.description) == dark)
  }

  @Test func `black on white has the greatest contrast there is`() {
    #expect(abs(Color.contrast(.black, .white) - 21) < 0.01)
    #expect(Color.contrast(.white, .white) == 1)
    // The example of WCAG: the lightest grey that is still readable on white.
    let gray = Color.rgb(red: 0x76, green: 0x76, blue: 0x76)
    #expect(abs(Color.contrast(gray, .white) - 4.54) < 0.01)
  }
}
