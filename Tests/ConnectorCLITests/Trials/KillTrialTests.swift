import Foundation
import TestSupport
import Testing

@testable import ConnectorCLI

@Suite("KillTrial: a killed build leaves the old tree or the new one")
struct KillTrialTests {
    /// 40 here; `make kill-trial` does 200.
    static let kills = ProcessInfo.processInfo.environment["CONNECTORGEN_KILLS"].flatMap(Int.init) ?? 40

    let scratch: TemporaryFolder
    let product: String

    init() throws {
        scratch = try TemporaryFolder()
        product = try BuiltProduct.path("connectorgen")
        for variant in 0...1 {
            try scratch.write("spec\(variant)/connector.yaml", TrialSpec.text(hosts: 60, variant: variant))
        }
    }

    private func arguments(_ variant: Int, out: String) -> [String] {
        ["build", scratch.file("spec\(variant)/connector.yaml"), "--out", out, "--quiet"]
    }

    /// True as soon as a temporary directory stands beside the output.
    private func isStaging(_ parent: String) -> Bool {
        ((try? Directory.opening(parent).names()) ?? []).contains { $0.hasPrefix(".out.connectorgen-") }
    }

    @Test("at random moments, half of them while files are being written, seed 7", .timeLimit(.minutes(10)))
    func kills() async throws {
        var goldens: [TreeImage] = []
        var longest = Duration.zero
        for variant in 0...1 {
            let golden = scratch.file("golden\(variant)/out")
            let start = ContinuousClock.now
            let run = try await ChildProcess.run(product, arguments(variant, out: golden))
            longest = max(longest, ContinuousClock.now - start)
            try #require(run.exit == .code(0), "\(run.output)\(run.errors)")
            goldens.append(try TreeImage(of: golden))
        }
        try #require(goldens[0] != goldens[1])

        let parent = scratch.file("work")
        let out = parent + "/out"
        try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        var random = SeededGenerator(seed: 7)
        var interrupted = 0
        var seen = Set<Int>()
        for number in 0..<Self.kills {
            let child = try ChildProcess(product, arguments((number + 1) % 2, out: out))
            if number % 2 == 0 {
                try await Task.sleep(for: longest * Double.random(in: 0...1.1, using: &random))
            } else {
                let deadline = ContinuousClock.now + longest * 4
                while !isStaging(parent), ContinuousClock.now < deadline { await Task.yield() }
                try await Task.sleep(for: .microseconds(Int.random(in: 0...6000, using: &random)))
            }
            child.signal(SIGKILL)
            _ = try await child.wait()
            if isStaging(parent) { interrupted += 1 }
            let image = try TreeImage(of: out)
            if let golden = goldens.firstIndex(of: image) {
                seen.insert(golden)
            } else if !(image.isEmpty && seen.isEmpty) {
                let wrong = goldens.map { image.differences(from: $0).prefix(3).joined(separator: " ") }
                Issue.record("kill \(number) left a tree that is neither: \(wrong)")
            }
        }
        // Without kills in the middle of the work the trial would prove nothing.
        #expect(interrupted > 0)

        let last = try await ChildProcess.run(product, arguments(0, out: out))
        #expect(last.exit == .code(0))
        #expect(try TreeImage(of: out) == goldens[0])
        #expect(try Directory.opening(parent).names() == ["out"], "leftovers of killed builds are removed")
    }

    @Test("SIGINT, SIGTERM and SIGHUP during the writing remove what was begun", arguments: [SIGINT, SIGTERM, SIGHUP])
    func signals(signal: Int32) async throws {
        let parent = scratch.file("work")
        try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        var died = false
        for _ in 0..<20 where !died {
            let child = try ChildProcess(product, arguments(0, out: parent + "/out"))
            let deadline = ContinuousClock.now + .seconds(20)
            while !isStaging(parent), ContinuousClock.now < deadline,
                !FileManager.default.fileExists(atPath: parent + "/out")
            {
                await Task.yield()
            }
            child.signal(signal)
            // A build that was faster than the signal ends well; then try again.
            died = try await child.wait() == .signal(signal)
            #expect(!isStaging(parent))
            try? FileManager.default.removeItem(atPath: parent + "/out")
        }
        #expect(died)
    }
}
