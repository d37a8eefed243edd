import Cryptography
import Foundation
import HTTPServer
import OAuthProtocol
import TestSupport
import Testing

@testable import AuthServer

/// Opens once for all who wait; each wait has a deadline.
private final class Gate: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)

    func open(_ count: Int) { for _ in 0..<count { semaphore.signal() } }
    func pass() -> Bool { semaphore.wait(timeout: .now() + 20) == .success }
}

@Suite("password checks", .serialized)
struct PasswordCheckTests {
    private static let cheap = PasswordHash.Cost(memoryKiB: 64, passes: 1)
    private static let now = UnixTime(seconds: 1_800_000_000)
    private static let home = ClientAddress("192.0.2.1")

    private static func login(
        checks: PasswordChecks = PasswordChecks(threads: 2, backlog: 100),
        account: AttemptLimit = AttemptLimit(burst: 5, interval: .seconds(30)),
        address: AttemptLimit = AttemptLimit(burst: 1_000, interval: .seconds(1))
    ) throws -> LocalLogin {
        let lines = try ["alice", "bob"].map { name in
            "\(name):\(try PasswordHash.make(Secret("correct of \(name)"), cost: cheap).text)"
        }
        let users = LocalUsers.parse(Array(lines.joined(separator: "\n").utf8), place: "test").users
        let directory = try UserDirectory(#require(users), key: Secret([UInt8](repeating: 1, count: 32)))
        return LocalLogin(directory, checks: checks, account: account, address: address)
    }

    @Test("the right password is accepted for its own user alone")
    func outcomes() async throws {
        let login = try Self.login()
        func check(_ name: String, _ password: String) async -> LocalLogin.Outcome {
            await login.check(name: name, password: Secret(password), address: Self.home, now: Self.now)
        }
        #expect(await check("alice", "correct of alice") == .accepted(subject: "alice"))
        #expect(await check("bob", "correct of alice") == .refused)
        #expect(await check("carol", "correct of alice") == .refused)
        #expect(await check("alice", "") == .refused)
        #expect(await check("alice", "correct of alice\u{0}") == .refused)
        #expect(await check("alice", String(repeating: "a", count: 100_000)) == .refused)
        #expect(await check("Alice", "correct of alice") == .refused)
    }

    @Test("after too many wrong ones an account waits, also for the right one, and others do not")
    func account() async throws {
        let login = try Self.login()
        func check(_ name: String, _ password: String, after: Duration = .zero) async -> LocalLogin.Outcome {
            await login.check(name: name, password: Secret(password), address: Self.home, now: Self.now + after)
        }
        for name in ["alice", "nobody"] {
            for _ in 0..<5 { #expect(await check(name, "wrong") == .refused) }
            #expect(await check(name, "correct of alice") == .throttled(retryAfter: 30))
        }
        #expect(await check("bob", "correct of bob") == .accepted(subject: "bob"))
        #expect(await check("alice", "correct of alice", after: .seconds(29)) == .throttled(retryAfter: 1))
        #expect(await check("alice", "correct of alice", after: .seconds(30)) == .accepted(subject: "alice"))
    }

    @Test("an address that tries many names waits, another does not")
    func address() async throws {
        let login = try Self.login(address: AttemptLimit(burst: 4, interval: .seconds(10)))
        for number in 0..<4 {
            #expect(
                await login.check(name: "n\(number)", password: Secret("x"), address: Self.home, now: Self.now)
                    == .refused)
        }
        let right = Secret("correct of alice")
        #expect(
            await login.check(name: "alice", password: right, address: Self.home, now: Self.now)
                == .throttled(retryAfter: 10))
        #expect(
            await login.check(name: "alice", password: right, address: ClientAddress("192.0.2.2"), now: Self.now)
                == .accepted(subject: "alice"))
    }

    @Test("64 guesses at once are no more than one after the other")
    func concurrentGuesses() async throws {
        let login = try Self.login()
        let outcomes = await withTaskGroup(of: LocalLogin.Outcome.self) { group in
            for number in 0..<64 {
                group.addTask {
                    await login.check(
                        name: "alice", password: Secret("wrong \(number)"), address: Self.home, now: Self.now)
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.filter { $0 == .refused }.count == 5)
        #expect(outcomes.filter { $0 == .throttled(retryAfter: 30) }.count == 59)
    }

    @Test("64 callers at once: a few run, a bounded number waits, the rest is told, and nobody else is held up")
    func load() async throws {
        let checks = PasswordChecks(threads: 2, backlog: 10)
        let gate = Gate()
        let isIn = Gate()
        let entered = Locked(0)
        let most = Locked((now: 0, peak: 0))
        async let outcomes: [Bool?] = withTaskGroup(of: Bool?.self) { group in
            for _ in 0..<64 {
                group.addTask {
                    await checks.run {
                        most.withLock { $0 = ($0.now + 1, max($0.peak, $0.now + 1)) }
                        entered.withLock { $0 += 1 }
                        isIn.open(1)
                        let passed = gate.pass()
                        most.withLock { $0.now -= 1 }
                        return passed
                    }
                }
            }
            var all: [Bool?] = []
            // 52 are refused while all others stand before the closed gate: refusals wait for nobody.
            while all.count < 52, let outcome = await group.next() { all.append(outcome) }
            #expect(all.allSatisfy { $0 == nil })
            // The pool that answers requests still runs.
            let sum = await Task.detached { (1...100).reduce(0, +) }.value
            #expect(sum == 5_050)
            // Both threads are at work before the first of them may end.
            #expect((try? await onThread { isIn.pass() && isIn.pass() }) == true)
            gate.open(12)
            for await outcome in group { all.append(outcome) }
            return all
        }
        let all = await outcomes
        #expect(all.count == 64 && all.filter { $0 == true }.count == 12)
        #expect(entered.withLock { $0 } == 12)
        #expect(most.withLock { $0.peak } == 2)
        #expect(await checks.run { true } == true)
    }

    @Test("each check has one answer, whatever comes when", arguments: 0..<5)
    func churn(_ seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        let checks = PasswordChecks(
            threads: Int.random(in: 1...4, using: &generator), backlog: Int.random(in: 0...8, using: &generator))
        let ran = Locked(0)
        let answers = await withTaskGroup(of: Int?.self) { group in
            for number in 0..<500 {
                group.addTask {
                    await checks.run {
                        ran.withLock { $0 += 1 }
                        return number
                    }
                }
            }
            return await group.reduce(into: [Int?]()) { $0.append($1) }
        }
        let numbers = answers.compactMap(\.self)
        #expect(answers.count == 500 && Set(numbers).count == numbers.count)
        #expect(ran.withLock { $0 } == numbers.count && !numbers.isEmpty)
    }

    @Test("a busy server counts nothing against anybody")
    func busy() async throws {
        let gate = Gate()
        let checks = PasswordChecks(threads: 1, backlog: 0)
        let login = try Self.login(checks: checks)
        let isIn = Gate()
        async let blocker: Bool? = checks.run {
            isIn.open(1)
            return gate.pass()
        }
        #expect(try await onThread { isIn.pass() })
        for _ in 0..<20 {
            #expect(
                await login.check(name: "alice", password: Secret("wrong"), address: Self.home, now: Self.now) == .busy)
        }
        gate.open(1)
        #expect(await blocker == true)
        let deadline = ContinuousClock.now + .seconds(10)
        var outcome = LocalLogin.Outcome.busy
        // The thread becomes idle a moment after its caller was answered.
        while outcome == .busy, ContinuousClock.now < deadline {
            outcome = await login.check(
                name: "alice", password: Secret("correct of alice"), address: Self.home, now: Self.now)
        }
        #expect(outcome == .accepted(subject: "alice"))
    }
}
