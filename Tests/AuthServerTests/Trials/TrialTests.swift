import Cryptography
import Foundation
import OAuthModel
import RuntimeConfig
import TestSupport
import Testing

/// Trials of the program as it is run, by a driver that keeps its connections: what must hold when many ask at once,
/// when the process is killed, and when the disk is full. `make auth-trial` runs them long, on the release build.
@Suite("trials of the running server", .enabled(if: Tool.python3.isAvailable, "python3 is not installed"), .serialized)
struct TrialTests {
    static let rounds = number("CONNECTORGEN_ROUNDS", or: 20)
    static let kills = number("CONNECTORGEN_KILLS", or: 5)
    static let samples = number("CONNECTORGEN_SAMPLES", or: 1_000)
    static let seconds = number("CONNECTORGEN_SECONDS", or: 5)

    private static func number(_ variable: String, or standard: Int) -> Int {
        ProcessInfo.processInfo.environment[variable].flatMap(Int.init) ?? standard
    }

    private let folder: TemporaryFolder
    private let python: String
    private let config: RuntimeConfig
    private let password = "correct horse"
    private let environment: [String: String]

    init() throws {
        folder = try TemporaryFolder()
        python = try Tool.python3.required()
        try folder.write("disk/.keep", "")
        var config = Sample.config(
            listen: "unix:\(folder.file("public.sock"))", privateListen: "unix:\(folder.file("private.sock"))",
            clients: [Sample.client("cid_mcp")])
        config.mode = .local
        config.login = nil
        config.users = .environment(right("USERS"))
        config.store = .sqlite(path: folder.file("disk/auth.db"))
        config.limits = .off
        self.config = config
        let hash = try PasswordHash.make(Cryptography.Secret(password), cost: .init(memoryKiB: 8_192, passes: 1))
        environment = ["USERS": "alice:\(hash.text)", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"]
    }

    /// What the driver says when all went well; `listen` is the public listener where it is no unix socket.
    private func drive(
        _ trial: String, _ argument: String? = nil, by command: [String] = [], listen: String? = nil,
        deadline: Duration
    ) async throws -> String {
        var config = config
        if let listen { config.listen = right(listen) }
        let arguments = [
            try BuiltProduct.path("connectorgen-auth"), try folder.write("auth.json", config.encoded(banner: "test")),
            "alice", password,
        ]
        // No cache of the driver in the checkout.
        let driver = ["-B", Repository.path("Tests/AuthServerTests/Trials/trial.py"), trial]
        let run = try await ChildProcess.run(
            "/usr/bin/env", command + [python] + driver + arguments + [argument].compactMap(\.self),
            environment: environment,
            deadline: deadline)
        let log = (try? folder.read("server.log")) ?? ""
        #expect(run.exit == .code(0), "\(run.output)\(run.errors.suffix(4_000))\(log.suffix(1_000))")
        return run.output
    }

    @Test("D03 D04 E02 E03 sixty-four clients with one code or one refresh token: one success, one successor")
    func races() async throws {
        print(try await drive("races", "\(Self.rounds)", deadline: .seconds(60 + Self.rounds)))
    }

    @Test("P01 I07 kill -9 under load: all that was acknowledged holds, and no code is redeemed twice")
    func killed() async throws {
        print(try await drive("kills", "\(Self.kills)", deadline: .seconds(60 + 5 * Self.kills)))
    }

    @Test("U07 two back ends that share a refresh token and do not wait for each other are never turned away")
    func sharing() async throws {
        print(try await drive("sharing", "\(Self.rounds)", deadline: .seconds(60 + Self.rounds)))
    }

    @Test("D27 a client that is not known is refused in the time of a known one with a wrong secret")
    func timing() async throws {
        print(try await drive("timing", "\(Self.samples)", deadline: .seconds(60 + Self.samples / 50)))
    }

    @Test("Q01 Q30 Q31 a thousand clients that rest and two hundred that send byte by byte harm nobody")
    func load() async throws {
        let listen = "127.0.0.1:\(try LoopbackSocket.freePort())"
        print(try await drive("load", "\(Self.seconds)", listen: listen, deadline: .seconds(120 + Self.seconds)))
    }

    @Test("Q03 Q35 a flood with few descriptors keeps nobody away from either side, nothing spins, and it goes on")
    func descriptors() async throws {
        print(try await drive("descriptors", deadline: .seconds(60)))
    }

    /// The command by which this machine lets us have mounts of our own; nil when it does not.
    static func namespace() async -> [String]? {
        for command in [["unshare", "-m"], ["unshare", "-rm"]] {
            let probe = try? await ChildProcess.run(
                "/usr/bin/env", command + ["sh", "-c", "mount -t tmpfs -o size=64k tmpfs /mnt"])
            if probe?.exit == .code(0) { return command }
        }
        return nil
    }

    @Test(
        "P09 I06 on a full disk writes are refused for the time being, tokens hold, and nothing unstored is given out",
        .enabled("this machine permits no mount namespace") { await namespace() != nil })
    func fullDisk() async throws {
        let disk = folder.file("disk")
        let mounted = #"mount -t tmpfs -o size=12m tmpfs "$0" && exec "$@""#
        let command = try #require(await Self.namespace()) + ["sh", "-c", mounted, disk]
        print(try await drive("full-disk", disk, by: command, deadline: .seconds(120)))
    }
}
