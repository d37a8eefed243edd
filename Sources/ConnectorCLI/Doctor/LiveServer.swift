import ClientModel

/// A server over the network, asked with `curl`, and only for what leaves no trace on it: documents, and a first message
/// without a token. What was asked once is not asked again, for clients ask much the same.
final class LiveServer: ClientEdge {
    private let options: [String]
    private var answers: [ClientRequest: ClientAnswer] = [:]
    /// Why `curl` could not be run; it is the same for every request.
    private(set) var failure: FileError?

    /// Seconds for one answer: Claude waits as long (`Catalogue/implementations.json`).
    private static let patience = "10"
    private static let largest = "1048576"

    /// `options` are further ones of `curl`.
    init(options: [String] = []) {
        self.options = options
    }

    func answer(_ request: ClientRequest) -> ClientAnswer {
        if let known = answers[request] { return known }
        let found = ask(request)
        answers[request] = found
        return found
    }

    func authorize(_ url: String) -> AuthorizationReturn { .withheld("nobody signs in") }

    private func ask(_ request: ClientRequest) -> ClientAnswer {
        // The first message of a client is the only one that is sent: it changes nothing without a token.
        guard request.method == "GET" || request.body?.contains(#""method":"initialize""#) == true else {
            return .withheld("nothing is registered")
        }
        var arguments = [
            // No file of the user's decides what is asked.
            "-q", "--silent", "--show-error", "--include", "--http1.1", "--globoff", "--path-as-is", "--max-time",
            Self.patience,
            "--max-filesize", Self.largest, "--proto", "=http,https", "--request", request.method,
        ]
        for field in request.headers { arguments += ["--header", "\(field.name): \(field.value)"] }
        if let body = request.body { arguments += ["--data-binary", body] }
        let run: ChildProgram.Outcome
        do throws(FileError) {
            run = try ChildProgram.run("curl", arguments + options + ["--", request.url])
        } catch {
            failure = error
            return .failed("curl cannot be run")
        }
        // A stream that stays open has its status all the same.
        if let response = Self.response(run.output) { return .response(response) }
        let said = run.errors.split(separator: "\n").first.map(String.init) ?? "curl ended with status \(run.status)"
        return .failed(said)
    }

    /// The last response of what `curl --include` writes: interim ones (RFC 9110, section 15.2) come before it.
    static func response(_ bytes: [UInt8]) -> ClientResponse? {
        var rest = bytes[...]
        while rest.starts(with: Array("HTTP/".utf8)) {
            var lines: [String] = []
            var end: Int?
            var start = rest.startIndex
            while let newline = rest[start...].firstIndex(of: UInt8(ascii: "\n")) {
                var line = rest[start..<newline]
                if line.last == UInt8(ascii: "\r") { line.removeLast() }
                start = newline + 1
                if line.isEmpty {
                    end = start
                    break
                }
                lines.append(String(decoding: line, as: UTF8.self))
            }
            let words = lines.first?.split(separator: " ") ?? []
            guard let end, words.count >= 2, let status = Int(words[1]) else { return nil }
            if (100..<200).contains(status) {
                rest = rest[end...]
                continue
            }
            let fields = lines.dropFirst().compactMap { line -> ClientRequest.Field? in
                guard let colon = line.firstIndex(of: ":") else { return nil }
                let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
                return ClientRequest.Field(String(line[..<colon]), String(value))
            }
            return ClientResponse(status, headers: fields, body: Array(rest[end...]))
        }
        return nil
    }
}
