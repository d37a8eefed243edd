import Diagnostics
import OAuthModel
import RuntimeConfig
import TestSupport
import Testing

@testable import AuthServer

@Suite("secrets before the start")
struct SecretCheckTests {
    private static func failure(
        _ secret: SecretReference, variable: String? = nil,
        file: Result<SystemFile.Facts, SystemFile.Failure> = .failure(.init(path: "", code: 2))
    ) throws -> StartFailure? {
        let folder = try TemporaryFolder()
        let path = try folder.write("auth.json", Sample.external(login: secret).encoded(banner: "test"))
        let surroundings = Surroundings(variable: { _ in variable }, file: { _ in file })
        do throws(StartFailure) {
            _ = try LoadedConfig.load(path, surroundings: surroundings)
            return nil
        } catch {
            return error
        }
    }

    @Test("a variable that is unset or empty is named at its place")
    func variable() throws {
        let unset = try #require(try Self.failure(.environment(right("UPSTREAM_SECRET"))))
        #expect(unset.status == .invalid)
        #expect(unset.text.contains("CG710"))
        #expect(unset.text.contains("the environment variable `UPSTREAM_SECRET` is not set"))
        #expect(unset.text.contains("auth.json:"))
        #expect(
            try Self.failure(.environment(right("UPSTREAM_SECRET")), variable: "")?.text.contains("is empty") == true)
        #expect(try Self.failure(.environment(right("UPSTREAM_SECRET")), variable: "hunter2") == nil)
    }

    static let modes: [(UInt32, Bool)] = [
        (0o600, true), (0o400, true), (0o700, true), (0o640, false), (0o604, false), (0o602, false), (0o666, false),
        (0o610, false),
    ]

    @Test("a file is taken only when nobody else can touch it", arguments: modes)
    func mode(_ mode: UInt32, _ isTaken: Bool) throws {
        let facts = SystemFile.Facts(isRegular: true, mode: mode, size: 40)
        let failure = try Self.failure(.file("/etc/secret"), file: .success(facts))
        #expect((failure == nil) == isTaken)
        #expect(failure.map { $0.text.contains("CG713") && $0.text.contains("chmod 600 /etc/secret") } ?? true)
    }

    @Test("missing, unreadable and empty files have a code each")
    func files() throws {
        #expect(try Self.failure(.file("/etc/secret"))?.text.contains("CG711") == true)
        let denied = SystemFile.Failure(path: "/etc/secret", code: 13)
        let text = try Self.failure(.file("/etc/secret"), file: .failure(denied))?.text ?? ""
        #expect(text.contains("CG712") && text.contains("Permission denied"))
        let empty = SystemFile.Facts(isRegular: true, mode: 0o600, size: 0)
        #expect(try Self.failure(.file("/etc/secret"), file: .success(empty))?.text.contains("CG714") == true)
    }

    @Test(
        "J12 a client's secret or a service token that could be guessed is refused, and not repeated",
        arguments: ["hunter2", String(repeating: "a", count: 64), "changeme-changeme-changeme-changeme-4711"])
    func weakness(secret: String) throws {
        var config = Sample.external(
            clients: [
                RuntimeConfig.Client(
                    id: "a", label: "a", status: .active, authMethods: [.clientSecretPost],
                    secret: .environment(right("CLIENT_SECRET")), redirects: [])
            ])
        config.serviceTokens = [
            RuntimeConfig.ServiceToken(
                label: "bridge", token: .secret(.file("/etc/bridge")), subject: "bridge",
                resource: config.resources[0].resource, scopes: [])
        ]
        let folder = try TemporaryFolder()
        let path = try folder.write("auth.json", config.encoded(banner: "test"))
        let facts = SystemFile.Facts(isRegular: true, mode: 0o600, size: 40)
        let error = #expect(throws: StartFailure.self) {
            try LoadedConfig.load(
                path,
                surroundings: Surroundings(
                    variable: { _ in secret + "\n" }, file: { _ in .success(facts) },
                    contents: { _ in Array(secret.utf8) }))
        }
        let text = error?.text ?? ""
        #expect(error?.status == .invalid)
        #expect(text.contains("CG715") && text.contains("`CLIENT_SECRET`") && text.contains("`/etc/bridge`"))
        #expect(!text.contains(secret))
    }

    @Test("J12 what another server made is not judged")
    func foreign() throws {
        #expect(try Self.failure(.environment(right("UPSTREAM_SECRET")), variable: "hunter2") == nil)
    }

    @Test("all missing secrets are named in one run")
    func all() throws {
        let clients = ["a", "b"].map { id in
            RuntimeConfig.Client(
                id: id, label: id, status: .active, authMethods: [.clientSecretPost],
                secret: .environment(right("SECRET_\(id)")), redirects: [])
        }
        let folder = try TemporaryFolder()
        let path = try folder.write(
            "auth.json",
            Sample.external(login: .environment(right("UPSTREAM_SECRET")), clients: clients).encoded(banner: "test"))
        let error = #expect(throws: StartFailure.self) {
            try LoadedConfig.load(
                path,
                surroundings: Surroundings(variable: { _ in nil }, file: { _ in .failure(.init(path: "", code: 2)) }))
        }
        let text = error?.text ?? ""
        for name in ["SECRET_a", "SECRET_b", "UPSTREAM_SECRET"] { #expect(text.contains("`\(name)` is not set")) }
    }
}
