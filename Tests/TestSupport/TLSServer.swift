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
        // Which the server makes its certificates with.
        _ = try Tool.openssl.required()
        let child = try ChildProcess(
            try Tool.python3.required(), [Repository.path("Tests/TestSupport/tls-server.py"), folder.path])
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
