import Foundation
import Testing

@testable import RedisSentinel

@Suite struct CertificateNamesTests {
  /// A DER element.
  private static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
    let length: [UInt8] =
      content.count < 0x80
      ? [UInt8(content.count)]
      : [0x82, UInt8(content.count >> 8), UInt8(content.count & 0xff)]
    return [tag] + length + content
  }

  /// As much of a certificate as matters: a body with some fields, and its extensions.
  private static func certificate(
    _ names: [String]?, isCritical: Bool = false, padding: Int = 0
  ) -> [UInt8] {
    var list = element(0x30, element(0x06, [0x55, 0x1d, 0x13]) + element(0x04, [0x30, 0]))
    if let names {
      let address = element(0x87, [127, 0, 0, 1])
      let all = address + names.flatMap { element(0x82, Array($0.utf8)) }
      list += element(
        0x30,
        element(0x06, [0x55, 0x1d, 0x11]) + (isCritical ? element(0x01, [0xff]) : [])
          + element(0x04, element(0x30, all)))
    }
    let body =
      element(0x02, [1]) + element(0x30, [UInt8](repeating: 0, count: padding))
      + element(0xa3, element(0x30, list))
    return element(0x30, element(0x30, body) + element(0x03, [0]))
  }

  @Test(arguments: [false, true], [0, 200])
  func `the DNS names are found, and addresses are none`(isCritical: Bool, padding: Int) {
    let bytes = Self.certificate(["a.example", "b"], isCritical: isCritical, padding: padding)
    #expect(CertificateNames(der: bytes).names == ["a.example", "b"])
  }

  @Test func `a certificate with addresses only has names, but none of them`() {
    #expect(CertificateNames(der: Self.certificate([])).names == [])
    #expect(!CertificateNames(der: Self.certificate([])).include("a"))
    #expect(CertificateNames(der: Self.certificate(nil)).names == nil)
  }

  @Test(arguments: [
    ("redis.example", true), ("REDIS.example.", true), ("redis.example.evil", false),
    ("edis.example", false), ("", false), ("one.wild.example", true),
    ("a.one.wild.example", false), ("wild.example", false), ("example", false),
  ])
  func `a name is for itself, and a star for one label`(name: String, isIn: Bool) {
    let names = CertificateNames(der: Self.certificate(["redis.example", "*.wild.example", "*"]))
    #expect(names.include(name) == isIn)
  }

  @Test func `bytes that are cut short or changed are for nobody, and harm nobody`() async {
    let whole = Self.certificate(["redis.example"])
    for length in 0..<whole.count {
      #expect(!CertificateNames(der: Array(whole.prefix(length))).include("redis.example"))
    }
    for index in whole.indices {
      // Others need the thread too.
      await Task.yield()
      for bit in 0..<8 {
        var bytes = whole
        bytes[index] ^= 1 << bit
        #expect(!CertificateNames(der: bytes).include("other.example"))
      }
    }
  }

  @Test func `the names of a real certificate are found`() async throws {
    try await Certificates.open { files in
      let text = try String(contentsOfFile: files.path("server.crt"), encoding: .utf8)
      let base64 = text.split(separator: "\n").filter { !$0.hasPrefix("-----") }.joined()
      let der = try #require(Data(base64Encoded: base64))
      #expect(CertificateNames(der: Array(der)).names == ["localhost"])
    }
  }
}
