/// A TLS server on loopback with an authority of its own; see `tls-server.py` for what it answers.
package final class TLSServer: Sendable {
    /// What the certificate is for, beside 127.0.0.1.
    package static let host = "document.example"

    package let port: Int
    private let marker: Int
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
        let ports = text.split(separator: "\n").first?.split(separator: " ").compactMap { Int($0) } ?? []
        guard ports.count == 2 else { throw ChildProcess.Failure(description: text) }
        port = ports[0]
        marker = ports[1]
        self.folder = folder
        self.child = child
        authority = folder.file("ca.pem")
    }

    /// The addresses that connections came to, in order, without those that come while one asks.
    package var accepted: [String] {
        get async throws {
            try await settle()
            return lines("accept")
        }
    }

    /// The paths of all requests, in order.
    package var requested: [String] {
        get async throws {
            try await settle()
            return lines("request")
        }
    }

    /// How many requests are known of; some may still be on their way to us.
    package var requestsSeen: Int { lines("request").count }

    /// Waits until all that happened is known here: the server tells things in their order.
    private func settle() async throws {
        let connection = try LoopbackSocket.connect(port: marker)
        defer { LoopbackSocket.end(connection) }
        try await child.output.wait(for: "\nmark \(try LoopbackSocket.localPort(of: connection))\n")
    }

    private func lines(_ word: String) -> [String] {
        child.output.text.split(separator: "\n").filter { $0.hasPrefix("\(word) ") }
            .map { String($0.dropFirst(word.count + 1)) }
    }

    package func url(_ path: String, host: String = host) -> String { "https://\(host):\(port)\(path)" }
}
