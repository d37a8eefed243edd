import Foundation

/// An external program or folder that some tests need.
///
/// Absent, such a test is skipped by name; with its name in `CONNECTORGEN_REQUIRE` (comma-separated), absence is a
/// failure, so that CI cannot lose a proof in silence. Use it as a trait:
/// `@Test("…", .enabled(if: Tool.nginx.isAvailable, "nginx is not installed"))`.
package struct Tool: Sendable {
    package let name: String
    /// Absolute path, or nil when the machine has none.
    package let path: String?

    /// Finds a program on `PATH` and in the system folders.
    package init(_ name: String) {
        self.name = name
        let folders =
            (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
            + ["/usr/sbin", "/usr/local/sbin", "/sbin"]
        path = folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// A program on `PATH` that ends with 0 when it is asked whether it will do.
    package init(_ name: String, answering question: [String]) {
        let found = Tool(name)
        guard let path = found.path else {
            self = found
            return
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = question
        let isStarted = (try? process.run()) != nil
        if isStarted { process.waitUntilExit() }
        self.name = name
        self.path = isStarted && process.terminationStatus == 0 ? path : nil
    }

    /// A program at a known place, or a folder.
    package init(_ name: String, at path: String) {
        self.name = name
        self.path = FileManager.default.fileExists(atPath: path) ? path : nil
    }

    /// True when it is there, and also when it is required: the test then runs and fails for want of it.
    package var isAvailable: Bool { path != nil || isRequired }

    package var isRequired: Bool {
        (ProcessInfo.processInfo.environment["CONNECTORGEN_REQUIRE"] ?? "")
            .split(separator: ",").contains { $0 == name }
    }

    /// The path, or an error that names the tool.
    package func required() throws -> String {
        guard let path else { throw MissingTool(name: name) }
        return path
    }

    package struct MissingTool: Error, CustomStringConvertible {
        package let name: String
        package var description: String { "\(name) is required here (CONNECTORGEN_REQUIRE) and not installed" }
    }
}

extension Tool {
    package static let nginx = Tool("nginx")
    package static let shellcheck = Tool("shellcheck")
    package static let dash = Tool("dash")
    package static let bash = Tool("bash")
    package static let zsh = Tool("zsh")
    package static let fish = Tool("fish")
    /// Node 20.12 or later, which reads env files itself; Debian 12's own is older.
    package static let node = Tool("node", answering: ["-e", "process.exit(require('util').parseEnv ? 0 : 1)"])
    package static let jq = Tool("jq")
    /// One that was built with HTTP/2.
    package static let curl = Tool("curl", answering: ["--http2", "--version"])
    /// The administration tool of a Keycloak that runs: `KEYCLOAK_HOME` is its folder, `KEYCLOAK_URL` its address.
    package static let kcadm = Tool(
        "keycloak",
        at: (ProcessInfo.processInfo.environment["KEYCLOAK_URL"] == nil
            ? nil : ProcessInfo.processInfo.environment["KEYCLOAK_HOME"]).map { "\($0)/bin/kcadm.sh" } ?? "/nonexistent"
    )
    package static let systemdAnalyze = Tool("systemd-analyze")
    package static let mandoc = Tool("mandoc")
    package static let openssl = Tool("openssl")
    /// Any Python 3, for servers that a test needs.
    package static let python3 = Tool("python3")
    /// The Python of a virtual environment with the packages of `Scripts/python-requirements.txt`.
    package static let python = Tool(
        "python",
        at: ProcessInfo.processInfo.environment["CONNECTORGEN_PYTHON"] ?? Repository.path(".venv/bin/python"))
    /// The Python of a virtual environment with the MCP SDK 1.x, the first generation of clients that is still in use.
    package static let firstSDK = Tool("mcp-sdk-1", at: Repository.path(".venv-mcp1/bin/python"))
    /// The same with the SDK 2.x.
    package static let currentSDK = Tool("mcp-sdk-2", at: Repository.path(".venv-mcp2/bin/python"))
    package static let chromium = Tool("chromium")
    /// What drives Chromium by the WebDriver protocol.
    package static let chromedriver = Tool("chromedriver")
    /// axe-core, which judges whether everybody can use a page.
    package static let axe = Tool("axe", at: Repository.path(".venv/lib/axe.min.js"))
    /// The folder with field reports, clients and servers beside the checkout.
    package static let shared = Tool("shared", at: Repository.path("../shared"))
}
