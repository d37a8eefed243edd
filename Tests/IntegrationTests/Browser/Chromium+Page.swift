import Foundation
import JSONSyntax
import TestSupport
import Testing

/// What a person does with a page, and what the page shows.
extension Chromium {
    func open(_ url: String) async throws {
        try await command("POST", "/url", ["url": .string(url)])
    }

    var url: String {
        get async throws { try #require(try await command("GET", "/url").string) }
    }

    var title: String {
        get async throws { try #require(try await command("GET", "/title").string) }
    }

    /// What stands on the page for a person to read.
    var text: String {
        get async throws { try #require(try await evaluate("return document.body.innerText").string) }
    }

    /// Types into a field as keys do.
    func type(_ text: String, into selector: String) async throws {
        try await command("POST", "/element/\(element(selector))/value", ["text": .string(text)])
    }

    /// Clicks. The driver waits for a page that follows at once, not for one whose answer takes its time:
    /// ``need(_:deadline:)`` what it shows.
    func click(_ selector: String) async throws {
        try await command("POST", "/element/\(element(selector))/click", [:])
    }

    /// Presses a key wherever the focus is.
    func press(_ key: Key) async throws {
        let value = JSON.string(String(key.rawValue))
        let presses: JSON = [["type": "keyDown", "value": value], ["type": "keyUp", "value": value]]
        try await command("POST", "/actions", ["actions": [["type": "key", "id": "keys", "actions": presses]]])
    }

    /// Types wherever the focus is.
    func type(_ text: String) async throws {
        let presses = text.flatMap { character -> [JSON] in
            let value = JSON.string(String(character))
            return [["type": "keyDown", "value": value], ["type": "keyUp", "value": value]]
        }
        try await command(
            "POST", "/actions", ["actions": [["type": "key", "id": "keys", "actions": .array(presses)]]])
    }

    /// Keys that have no character, as WebDriver writes them (§17.4.2).
    enum Key: Character {
        case tab = "\u{E004}"
        case enter = "\u{E007}"
    }

    /// Runs the body of a function in the page, by way of the DevTools, so that no policy of the page is in its way.
    @discardableResult
    func evaluate(_ script: String) async throws -> JSON {
        try await command("POST", "/execute/sync", ["script": .string(script), "args": []])
    }

    /// True when the page has such an element.
    func has(_ selector: String) async throws -> Bool {
        let found = try await command("POST", "/elements", ["using": "css selector", "value": .string(selector)])
        return found.array?.isEmpty == false
    }

    /// Waits until the page has such an element; what it shows in its place is the error.
    func need(_ selector: String, deadline: Duration = .seconds(20)) async throws {
        let end = ContinuousClock.now + deadline
        while try await !has(selector) {
            guard ContinuousClock.now < end else {
                throw Refusal(description: "no \(selector) at \(try await url): \(try await text)")
            }
            try await Task.sleep(for: .milliseconds(20))  // the driver tells nobody: ask again
        }
    }

    /// Waits until an address begins so; the last one is the error's when it does not come.
    func wait(forAddress prefix: String, deadline: Duration = .seconds(20)) async throws -> String {
        let end = ContinuousClock.now + deadline
        while true {
            let address = try await url
            if address.hasPrefix(prefix) { return address }
            guard ContinuousClock.now < end else { throw Refusal(description: "not at \(prefix) but at \(address)") }
            try await Task.sleep(for: .milliseconds(20))  // the driver tells nobody: ask again
        }
    }

    /// Waits until the page has such an element, and answers its reference.
    private func element(_ selector: String) async throws -> String {
        try await need(selector)
        let found = try await command("POST", "/element", ["using": "css selector", "value": .string(selector)])
        return try #require(found.members?.first?.value.string)
    }

    /// All cookies, whatever they are for, as the DevTools tell them (`Network.Cookie`).
    func cookies() async throws -> [JSON] {
        try #require(try await devTools("Network.getAllCookies", [:])["cookies"]?.array)
    }

    /// Keeps a cookie of another browser.
    func take(_ cookie: JSON) async throws {
        let kept = ["name", "value", "domain", "path", "secure", "httpOnly", "sameSite", "sourceScheme", "sourcePort"]
        let members = (cookie.members ?? []).filter { kept.contains($0.name) }
        #expect(try await devTools("Network.setCookie", .object(members))["success"] == true, "\(cookie)")
    }

    /// The messages on the console since the last call: refusals by a policy, failed loads, errors of scripts.
    func console() async throws -> [String] {
        try await log("browser").compactMap { $0["message"]?.string }
    }

    /// The addresses that were asked for since the last call, by whatever part of the browser.
    func requests() async throws -> [String] {
        try await log("performance").compactMap { entry in
            guard let text = entry["message"]?.string, let message = try? JSON.parse(Array(text.utf8))["message"],
                message["method"]?.string == "Network.requestWillBeSent"
            else { return nil }
            return message["params"]?["request"]?["url"]?.string
        }
    }

    private func log(_ name: String) async throws -> [JSON] {
        try await command("POST", "/se/log", ["type": .string(name)]).array ?? []
    }

    /// Keeps a picture of the whole page as `.build/screenshots/NAME.png`.
    func keepPicture(_ name: String) async throws {
        let taken = try await devTools("Page.captureScreenshot", ["captureBeyondViewport": true])
        let text = try #require(taken["data"]?.string)
        let data = try #require(Data(base64Encoded: text))
        let folder = URL(fileURLWithPath: Repository.path(".build/screenshots"))
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try data.write(to: folder.appendingPathComponent("\(name).png"))
    }
}
