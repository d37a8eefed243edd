/// A TLS server on loopback with an authority of its own; see `tls-server.py` for what it answers.
package final class TLSServer: Sendable {
    /// What the certificate is for, beside 127.0.0.1.
    package static let host = "document.example"

    package let port: Int
    /// PEM file of the authority.
    package let authority: String
    private let folder: TemporaryFolder
    private let child: ChildProcess

    package init() async throws {
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
                Repository.path("Tests/TestSupport/tls-server.py"), folder.file("server.pem"),
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
    package var accepted: [String] { lines("accept") }

    /// The paths of all requests.
    package var requested: [String] { lines("request") }

    private func lines(_ word: String) -> [String] {
        child.output.text.split(separator: "\n").filter { $0.hasPrefix("\(word) ") }
            .map { String($0.dropFirst(word.count + 1)) }
    }

    package func url(_ path: String, host: String = host) -> String { "https://\(host):\(port)\(path)" }
}
