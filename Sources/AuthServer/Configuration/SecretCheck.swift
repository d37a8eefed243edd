import Cryptography
import Diagnostics
import JSONSyntax
import OAuthModel
import RuntimeConfig

/// Looks whether every secret that the config refers to is there and kept, and points at the references that are not.
/// It never reads a secret into a message.
struct SecretCheck {
    let config: RuntimeConfig
    let source: SourceFile
    let file: FileID
    let surroundings: Surroundings

    /// A reference and the way to it in the file (RFC 6901).
    private struct Reference {
        let secret: SecretReference
        let pointer: String
        /// True for a secret that the operator made for this server and that nothing else judges.
        let isOurs: Bool
    }

    func diagnostics() -> [Diagnostic] {
        // The places are needed only where there is something to say, so the text is read again only then.
        let findings = references.compactMap { reference in
            (finding(reference.secret) ?? weakness(of: reference)).map { (reference, $0) }
        }
        guard !findings.isEmpty, let tree = try? JSONNode.parse(source.bytes) else { return [] }
        return findings.map { reference, finding in
            let label = tree[pointer: reference.pointer].map { node in
                Label(Span(file, node.range.lowerBound, node.range.upperBound))
            }
            return Diagnostic(finding.code, finding.message, at: label, help: finding.help)
        }
    }

    private var references: [Reference] {
        var references: [Reference] = []
        func add(_ secret: SecretReference?, _ pointer: String, isOurs: Bool = false) {
            if let secret { references.append(Reference(secret: secret, pointer: pointer, isOurs: isOurs)) }
        }
        // Whether the key is strong `MasterKey` says, which reads it.
        add(config.key, "/key")
        for (index, client) in config.clients.enumerated() {
            add(client.secret, "/clients/\(index)/secret", isOurs: true)
        }
        for (index, token) in config.serviceTokens.enumerated() {
            if case .secret(let secret) = token.token { add(secret, "/service_tokens/\(index)/token", isOurs: true) }
        }
        add(config.login?.clientSecret, "/login/client_secret")
        if case .introspected(let introspection) = config.verification {
            add(introspection.clientSecret, "/verification/introspection/client_secret")
        }
        add(config.users, "/users")
        if case .postgres(let secret) = config.store { add(secret, "/store/postgres") }
        return references
    }

    struct Finding {
        let code: DiagnosticCode
        let message: String
        let help: String
    }

    private func finding(_ secret: SecretReference) -> Finding? {
        switch secret {
        case .environment(let name):
            guard surroundings.variable(name.text)?.isEmpty ?? true else { return nil }
            return Finding(
                code: .secretVariableUnset,
                message: surroundings.variable(name.text) == nil
                    ? "the environment variable `\(name.text)` is not set"
                    : "the environment variable `\(name.text)` is empty",
                help: "set it in the environment of the service, for systemd with EnvironmentFile=")
        case .file(let path):
            return switch surroundings.file(path) {
            case .success(let facts): Self.finding(path, facts)
            case .failure(let failure): finding(path, failure)
            }
        }
    }

    /// Of a secret that is there: whether it could be guessed.
    private func weakness(of reference: Reference) -> Finding? {
        guard reference.isOurs else { return nil }
        let place: String
        var bytes: [UInt8]
        switch reference.secret {
        case .environment(let name):
            guard let text = surroundings.variable(name.text) else { return nil }
            (place, bytes) = ("the environment variable `\(name.text)`", Array(text.utf8))
        case .file(let path):
            guard let contents = surroundings.contents(path) else { return nil }
            (place, bytes) = ("the secret file `\(path)`", contents)
        }
        while bytes.last == 0x0A || bytes.last == 0x0D { bytes.removeLast() }
        return KeyWeakness(of: Secret(bytes)).map { weakness in
            Finding(
                code: .secretWeak, message: "the secret in \(place) \(weakness)",
                help: "make a new one: openssl rand -hex 32")
        }
    }

    /// What is wrong with a secret file that can be read.
    static func finding(_ path: String, _ facts: SystemFile.Facts) -> Finding? {
        if facts.mode & 0o077 != 0 {
            let mode = String(facts.mode & 0o777, radix: 8)
            return Finding(
                code: .secretFileExposed, message: "the secret file `\(path)` is open to others, its mode is 0\(mode)",
                help: "run: chmod 600 \(path)")
        }
        guard facts.size == 0 else { return nil }
        return Finding(
            code: .secretFileEmpty, message: "the secret file `\(path)` is empty", help: "write the secret into it")
    }

    private func finding(_ path: String, _ failure: SystemFile.Failure) -> Finding {
        failure.isAbsence
            ? Finding(
                code: .secretFileMissing, message: "the secret file `\(path)` does not exist",
                help: "create it with mode 0600, owned by the user that the server runs as")
            : Finding(
                code: .secretFileUnreadable, message: "the secret file `\(path)` cannot be read: \(failure.reason)",
                help: "it must be a file that the user of the server may read, and nobody else")
    }
}
