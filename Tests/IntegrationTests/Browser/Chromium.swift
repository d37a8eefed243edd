import Foundation
import JSONSyntax
import TestSupport
import Testing

/// A headless Chromium with a fresh profile, driven by the WebDriver protocol (W3C Recommendation) and the commands
/// that chromedriver adds. It finds no host but 127.0.0.1.
struct Chromium: Sendable {
    private let driver: ChildProcess
    private let port: Int
    private let session: String

    /// What a page may do here.
    struct Settings: Sendable {
        var runsScripts = true
        /// In CSS pixels; nil is a window of a desktop.
        var phoneWidth: Int?
        var isDark = false
        var keepsCookies = true
    }

    /// An answer of chromedriver that is none of the protocol's successes.
    struct Refusal: Error, CustomStringConvertible {
        let description: String
    }

    /// Starts a browser, and ends it with all its processes when the body is done.
    static func run<Value>(
        _ settings: Settings = Settings(), _ body: (Chromium) async throws -> Value
    ) async throws -> Value {
        let folder = try TemporaryFolder()
        let driver = try ChildProcess(
            Tool.chromedriver.required(), ["--port=0"],
            environment: ["HOME": folder.path, "TMPDIR": folder.path, "PATH": "/usr/bin:/bin"])
        let started = try await driver.output.wait(for: "successfully on port ", deadline: .seconds(60))
        let digits = started.components(separatedBy: "successfully on port ").last?.prefix { $0.isNumber }
        let port = try #require(digits.flatMap { Int($0) })
        let browser = try await Chromium(driver, port, settings)
        let result: Result<Value, any Error>
        do {
            try await browser.imitate(settings)
            result = .success(try await body(browser))
        } catch {
            result = .failure(error)
        }
        // Closing the session ends Chromium, and only then may its driver go.
        _ = try? await browser.command("DELETE", "")
        driver.signal(SIGTERM)
        _ = try await driver.wait()
        withExtendedLifetime(folder) {}
        return try result.get()
    }

    private init(_ driver: ChildProcess, _ port: Int, _ settings: Settings) async throws {
        self.driver = driver
        self.port = port
        let arguments: [JSON] = [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            "--hide-scrollbars", "--window-size=1000,1000", "--no-proxy-server",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        ]
        let forbidden = [("javascript", settings.runsScripts), ("cookies", settings.keepsCookies)].filter { !$0.1 }
        let preferences = JSON.object(
            forbidden.map { JSONMember("profile.managed_default_content_settings.\($0.0)", 2) })
        let wanted: JSON = [
            "browserName": "chrome", "goog:loggingPrefs": ["browser": "ALL", "performance": "ALL"],
            "goog:chromeOptions": [
                "binary": .string(try Tool.chromium.required()), "args": .array(arguments), "prefs": preferences,
            ],
        ]
        let made = try await Self.ask(
            port, "POST", "/session", ["capabilities": ["alwaysMatch": wanted]])
        session = try #require(made["sessionId"]?.string)
    }

    /// Shows pages as a phone does, or in the dark.
    private func imitate(_ settings: Settings) async throws {
        if let width = settings.phoneWidth {
            try await devTools(
                "Emulation.setDeviceMetricsOverride",
                ["width": .int(width), "height": 780, "deviceScaleFactor": 2, "mobile": true])
        }
        if settings.isDark {
            try await devTools(
                "Emulation.setEmulatedMedia", ["features": [["name": "prefers-color-scheme", "value": "dark"]]])
        }
    }

    /// One command of the session; answers its value.
    @discardableResult
    func command(_ method: String, _ path: String, _ body: JSON? = nil) async throws -> JSON {
        try await Self.ask(port, method, "/session/\(session)\(path)", body)
    }

    /// A command of the DevTools protocol.
    @discardableResult
    func devTools(_ name: String, _ parameters: JSON) async throws -> JSON {
        try await command("POST", "/goog/cdp/execute", ["cmd": .string(name), "params": parameters])
    }

    private static func ask(_ port: Int, _ method: String, _ path: String, _ body: JSON?) async throws -> JSON {
        let text = body.map { String(decoding: $0.encoded(.compact), as: UTF8.self) } ?? ""
        let answer = try await onThread {
            try exchange("\(method) \(path)", text, port: port)
        }
        let value = try JSON.parse(answer.body)["value"] ?? .null
        guard answer.status == 200 else {
            throw Refusal(
                description: "\(method) \(path): \(value["error"]?.string ?? "") \(value["message"]?.string ?? "")")
        }
        return value
    }

    /// One request on a connection of its own. The driver does not close it, so its `Content-Length` says where the
    /// answer ends.
    private static func exchange(_ line: String, _ body: String, port: Int) throws -> RawMessage {
        let connection = try LoopbackSocket.connect(port: port, timeout: 30)
        defer { close(connection) }
        let head =
            "\(line) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nContent-Type: application/json\r\n"
            + "Content-Length: \(body.utf8.count)\r\n\r\n"
        try LoopbackSocket.write(Array((head + body).utf8), to: connection)
        var bytes: [UInt8] = []
        var wanted = Int.max
        while bytes.count < wanted {
            let more = try LoopbackSocket.read(from: connection)
            guard !more.isEmpty else { break }
            bytes += more
            if wanted == .max, let end = RawHTTP.headEnd(bytes) {
                wanted = end + 4 + (try RawHTTP.parse(bytes).header("Content-Length").flatMap { Int($0) } ?? 0)
            }
        }
        return try RawHTTP.parse(bytes)
    }
}
