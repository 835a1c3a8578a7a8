// swift-tools-version: 6.2
import PackageDescription

// Arrows point down only: a target may import what stands in its `dependencies`, nothing else.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let nioTLS = Target.Dependency.product(name: "NIOTLS", package: "swift-nio")
let nioTestUtilities = Target.Dependency.product(name: "NIOTestUtils", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let collections = Target.Dependency.product(name: "DequeModule", package: "swift-collections")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")

let themes = [
  "ansi", "dark", "deuteranopia", "dracula", "gruvbox", "high-contrast", "light", "mono", "nord",
  "solarized-dark", "solarized-light", "tritanopia",
]

let package = Package(
  name: "sentop",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "RedisSentinel", targets: ["RedisSentinel", "SentinelModel", "RESP"]),
    .executable(name: "sentop", targets: ["sentop"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.4.0"),
  ],
  targets: [
    .target(name: "RESP", dependencies: [nioCore], swiftSettings: settings),
    .target(name: "SentinelModel", swiftSettings: settings),
    .target(
      name: "RedisSentinel",
      dependencies: [
        "RESP", "SentinelModel", nioCore, nioPosix, nioSSL, nioTLS, collections, logging,
      ],
      swiftSettings: settings),
    .target(name: "SentinelInsight", dependencies: ["SentinelModel"], swiftSettings: settings),
    .target(
      name: "SentinelMonitor",
      dependencies: ["RedisSentinel", "SentinelInsight", "SentinelModel"],
      swiftSettings: settings),
    .target(name: "Canvas", swiftSettings: settings),
    .target(
      name: "Dashboard", dependencies: ["Canvas", "SentinelInsight", "SentinelModel"],
      swiftSettings: settings),
    .systemLibrary(name: "CNcurses"),
    .target(name: "Curses", dependencies: ["Canvas", "CNcurses"], swiftSettings: settings),
    .target(
      name: "Themes", path: "themes",
      resources: themes.map { .embedInCode("\($0).yaml") },
      swiftSettings: settings),
    .target(
      name: "SentinelLab", dependencies: ["SentinelModel", subprocess],
      swiftSettings: settings),
    .executableTarget(
      name: "sentop",
      dependencies: [
        "Canvas", "Curses", "Dashboard", "RedisSentinel", "SentinelInsight", "SentinelLab",
        "SentinelModel", "SentinelMonitor", "Themes", argumentParser, subprocess, yams,
      ],
      swiftSettings: settings),
    .target(
      name: "TestSupport", dependencies: ["RESP", nioCore, nioPosix], path: "Tests/Support",
      swiftSettings: settings),
    .testTarget(
      name: "RESPTests",
      dependencies: ["RESP", "TestSupport", nioCore, nioEmbedded, nioTestUtilities],
      swiftSettings: settings),
    .testTarget(
      name: "SentinelModelTests", dependencies: ["SentinelModel", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "RedisSentinelTests",
      dependencies: [
        "RedisSentinel", "RESP", "SentinelLab", "SentinelModel", "TestSupport", nioCore, nioPosix,
        subprocess, logging,
      ],
      swiftSettings: settings),
    .testTarget(
      name: "SentinelMonitorTests",
      dependencies: [
        "RedisSentinel", "SentinelInsight", "SentinelLab", "SentinelModel", "SentinelMonitor",
        "TestSupport",
      ],
      swiftSettings: settings),
    .testTarget(name: "CanvasTests", dependencies: ["Canvas"], swiftSettings: settings),
    .executableTarget(
      name: "TerminalOwner", dependencies: ["Canvas", "Curses"],
      path: "Tests/CursesTests/TerminalOwner", swiftSettings: settings),
    .testTarget(
      name: "CursesTests", dependencies: ["Canvas", "CNcurses", "Curses"],
      exclude: ["TerminalOwner"], swiftSettings: settings),
    .testTarget(
      name: "ThemesTests", dependencies: ["Canvas", "Themes", yams], swiftSettings: settings),
    .executableTarget(
      name: "LabOwner", dependencies: ["SentinelLab"],
      path: "Tests/SentinelLabTests/LabOwner", swiftSettings: settings),
    .testTarget(
      name: "SentinelLabTests",
      dependencies: ["SentinelLab", "SentinelModel", "LabOwner", subprocess],
      exclude: ["LabOwner"], swiftSettings: settings),
    .testTarget(
      name: "DashboardTests",
      dependencies: ["Canvas", "Dashboard", "SentinelInsight", "SentinelModel", "TestSupport"],
      exclude: ["Goldens"], swiftSettings: settings),
    .testTarget(
      name: "SentinelInsightTests",
      dependencies: ["SentinelInsight", "SentinelModel", "TestSupport"], exclude: ["Goldens"],
      swiftSettings: settings),
    .testTarget(
      name: "sentopTests",
      dependencies: [
        "sentop", "Canvas", "Curses", "Dashboard", "RedisSentinel", "RESP", "SentinelInsight",
        "SentinelLab", "SentinelModel", "SentinelMonitor", "TerminalOwner", "TestSupport", "Themes",
        argumentParser, subprocess,
      ],
      swiftSettings: settings),
  ]
)
