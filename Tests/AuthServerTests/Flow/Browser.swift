import Foundation

/// A browser of few words: keeps cookies, reads forms, follows nothing by itself.
final class Browser {
    private struct Cookie {
        let name, value, path: String

        /// RFC 6265 §5.1.4.
        func goes(to target: String) -> Bool {
            let asked = target.prefix { $0 != "?" }
            return asked == path || asked.hasPrefix(path.hasSuffix("/") ? path : path + "/")
        }
    }

    private var jar: [Cookie] = []
    private let server: ServerProcess
    /// Sent with every request.
    var fields: [(String, String)] = [("Accept", "text/html")]

    init(_ server: ServerProcess) {
        self.server = server
    }

    func get(_ target: String) async throws -> Answer {
        try await send("GET", target, body: nil)
    }

    func post(_ target: String, _ form: [(String, String)]) async throws -> Answer {
        try await send("POST", target, body: FormCoding.encoded(form))
    }

    /// Posts a form of a page with its hidden fields, and those given.
    func submit(_ page: Answer, _ values: [(String, String)]) async throws -> Answer {
        let form = try PageForm(page)
        return try await post(form.action, form.hidden + values)
    }

    /// The values by name; a cookie that was set for several paths has one value.
    var cookies: [String: String] {
        Dictionary(jar.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    func forget(_ cookie: String) { jar.removeAll { $0.name == cookie } }

    func take(_ cookie: String, from other: Browser) {
        forget(cookie)
        jar += other.jar.filter { $0.name == cookie }
    }

    /// The names of the cookies that go to a path.
    func names(sentTo path: String) -> [String] { jar.filter { $0.goes(to: path) }.map(\.name).sorted() }

    private func send(_ method: String, _ target: String, body: String?) async throws -> Answer {
        var head = "\(method) \(target) HTTP/1.1\r\nHost: \(Sample.host)\r\nConnection: close\r\n"
        for (name, value) in fields { head += "\(name): \(value)\r\n" }
        let sent = jar.filter { $0.goes(to: target) }.map { "\($0.name)=\($0.value)" }.sorted()
        if !sent.isEmpty { head += "Cookie: \(sent.joined(separator: "; "))\r\n" }
        if let body {
            head += "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: \(body.utf8.count)\r\n"
        }
        let raw = try await server.ask("\(head)\r\n\(body ?? "")")
        let answer = Answer(status: raw.status, head: raw.head, body: raw.body)
        for field in answer.values("set-cookie") { keep(field) }
        return answer
    }

    private func keep(_ field: String) {
        let pair = field.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard pair.count == 2 else { return }
        let path = field.components(separatedBy: "; Path=").dropFirst().first.map { String($0.prefix { $0 != ";" }) }
        let cookie = Cookie(name: String(pair[0]), value: String(pair[1]), path: path ?? "/")
        jar.removeAll { $0.name == cookie.name && $0.path == cookie.path }
        if !cookie.value.isEmpty { jar.append(cookie) }
    }
}

/// The form of a page of ours.
struct PageForm {
    var action: String
    let hidden: [(String, String)]

    struct Missing: Error, CustomStringConvertible {
        let page: Answer
        var description: String { "no form on the page with status \(page.status): \(page.body.prefix(600))" }
    }

    init(_ page: Answer) throws {
        guard let tag = Self.tags("form", in: page.body).first, let action = Self.attribute("action", of: tag) else {
            throw Missing(page: page)
        }
        self.action = action
        hidden = Self.tags("input", in: page.body).filter { Self.attribute("type", of: $0) == "hidden" }
            .compactMap { tag in
                guard let name = Self.attribute("name", of: tag) else { return nil }
                return (name, Self.attribute("value", of: tag) ?? "")
            }
    }

    private static func tags(_ name: String, in text: String) -> [Substring] {
        text.components(separatedBy: "<\(name) ").dropFirst().map { $0.prefix { $0 != ">" } }
    }

    private static func attribute(_ name: String, of tag: Substring) -> String? {
        guard let start = tag.range(of: "\(name)=\"") else { return nil }
        let value = tag[start.upperBound...].prefix { $0 != "\"" }
        return [("&quot;", "\""), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")]
            .reduce(String(value)) { $0.replacingOccurrences(of: $1.0, with: $1.1) }
    }
}
