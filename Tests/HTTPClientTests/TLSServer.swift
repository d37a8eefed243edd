import HTTPClient
import TestSupport

/// A TLS server on loopback with an authority of its own; see `tls-server.py` for what it answers.
final class TLSServer: Sendable {
    /// What the certificate is for, beside 127.0.0.1.
    static let host = "document.example"

    let port: Int
    let authority: String
    private let folder: TemporaryFolder
    private let child: ChildProcess

    init() async throws {
        let folder = try TemporaryFolder()
        let openssl = try Tool.openssl.required()
        func run(_ arguments: [String]) async throws {
            let made = try await ChildProcess.run(openssl, arguments, folder: folder.path)
            guard made.exit == .code(0) else { throw ChildProcess.Failure(description: made.errors) }
        }
        let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc"]
        try await run(
            ["req", "-x509", "-days", "2", "-subj", "/CN=Test authority", "-out", "ca.pem", "-keyout", "ca.key"] + key)
        try await run(["req", "-subj", "/CN=\(Self.host)", "-out", "server.csr", "-keyout", "server.key"] + key)
        try folder.write("names", "subjectAltName=DNS:\(Self.host),IP:127.0.0.1,IP:127.0.0.2,IP:::1\n")
        try await run(
            "x509 -req -days 2 -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out server.pem -extfile names"
                .split(separator: " ").map(String.init))
        let child = try ChildProcess(
            try Tool.python3.required(),
            [
                Repository.path("Tests/HTTPClientTests/tls-server.py"), folder.file("server.pem"),
                folder.file("server.key"),
            ])
        let text = try await child.output.wait(for: "\n")
        guard let port = text.split(separator: "\n").first?.split(separator: " ").last.flatMap({ Int($0) }) else {
            throw ChildProcess.Failure(description: text)
        }
        self.port = port
        self.folder = folder
        self.child = child
        authority = folder.file("ca.pem")
    }

    /// The addresses that connections came to, in order.
    var accepted: [String] { lines("accept") }

    /// The paths of all requests.
    var requested: [String] { lines("request") }

    private func lines(_ word: String) -> [String] {
        child.output.text.split(separator: "\n").filter { $0.hasPrefix("\(word) ") }
            .map { String($0.dropFirst(word.count + 1)) }
    }

    func url(_ path: String, host: String = host) -> String { "https://\(host):\(port)\(path)" }

    /// The public internet, this server's authority, and the server's name at these addresses.
    func policy(at addresses: [String] = ["127.0.0.1"], admitting blocks: [AddressBlock] = [.server])
        -> HTTPClientPolicy
    {
        var policy = HTTPClientPolicy.publicDocuments
        policy.authorities = authority
        policy.hosts = [.init(host: Self.host, port: port, addresses: addresses)]
        for block in blocks { policy.addresses = policy.addresses.admitting(block) }
        return policy
    }
}

extension AddressBlock {
    static let server = AddressBlock.v4(127, 0, 0, 1, prefix: 32)
}

extension HTTPClient {
    /// The error of a fetch; nil when it succeeded.
    func failure(_ url: String, headers: [(name: String, value: String)] = []) async -> HTTPClientError? {
        do throws(HTTPClientError) {
            _ = try await get(url, headers: headers)
            return nil
        } catch {
            return error
        }
    }
}
