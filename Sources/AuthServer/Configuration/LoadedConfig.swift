import ContentDigest
import Diagnostics
import RuntimeConfig

/// A runtime config that the server can start with, and where it came from.
struct LoadedConfig: Sendable {
    let config: RuntimeConfig
    /// As it was given on the command line.
    let path: String
    /// SHA-256 of the file, in hexadecimal.
    let digest: String
    /// The people of mode `local`; nil in the other modes.
    let users: LocalUsers?

    /// The longest config that is read; ten thousand connectors take about 20 MB.
    private static let limit = 256 << 20

    /// Reads and judges a config file: its form, its values, and the secrets it refers to. All that is wrong is said
    /// in one run.
    static func load(
        _ path: String, surroundings: Surroundings = .process, style: TerminalStyle = .plain
    ) throws(StartFailure) -> LoadedConfig {
        let bytes = try read(path)
        let source = SourceFile(path: path, bytes: bytes)
        var sources = SourceMap()
        let file = sources.add(source)
        let decoded = RuntimeConfig.decode(source, id: file)
        var diagnostics = decoded.diagnostics
        var users: LocalUsers?
        if let config = decoded.config {
            diagnostics += config.unsupported(in: source, id: file)
            diagnostics += SecretCheck(config: config, source: source, file: file, surroundings: surroundings)
                .diagnostics()
            if let secret = config.users, !diagnostics.hasErrors {
                let read = LocalUsers.load(secret, surroundings: surroundings)
                diagnostics += read.diagnostics
                users = read.users
            }
        }
        let config = try judged(decoded.config, diagnostics, sources, style)
        return LoadedConfig(config: config, path: path, digest: SHA256.hex(bytes), users: users)
    }

    /// Reads and judges a config file alone, for a command that needs none of its secrets.
    static func decode(
        _ path: String, style: TerminalStyle
    ) throws(StartFailure) -> (config: RuntimeConfig, bytes: [UInt8]) {
        let bytes = try read(path)
        let source = SourceFile(path: path, bytes: bytes)
        var sources = SourceMap()
        let decoded = RuntimeConfig.decode(source, id: sources.add(source))
        return (try judged(decoded.config, decoded.diagnostics, sources, style), bytes)
    }

    private static func read(_ path: String) throws(StartFailure) -> [UInt8] {
        do throws(SystemFile.Failure) {
            return try SystemFile.read(path, limit: limit).bytes
        } catch {
            throw .environment("cannot read \(DisplayText.escaped(path)): \(error.reason)")
        }
    }

    private static func judged(
        _ config: RuntimeConfig?, _ diagnostics: [Diagnostic], _ sources: SourceMap, _ style: TerminalStyle
    ) throws(StartFailure) -> RuntimeConfig {
        if let config, !diagnostics.hasErrors { return config }
        let report = Report(diagnostics: diagnostics, sources: sources, exitCode: ExitStatus.invalid.rawValue)
        throw StartFailure(String(decoding: report.render(.human, style: style), as: UTF8.self), .invalid)
    }
}
