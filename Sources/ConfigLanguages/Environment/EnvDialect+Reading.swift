package import Diagnostics

/// One dialect's reader, faithful to the program it stands for: it accepts and refuses what that program does.
protocol EnvReader {
    /// `environment` is the reading process' own, for dialects that look there.
    static func read(into notes: inout EnvNotes, environment: [String: String])
    static var lineEnds: EnvNotes.LineEnds { get }
}

extension EnvReader {
    static var lineEnds: EnvNotes.LineEnds { .asWritten }
}

extension EnvDialect {
    /// Reads a file as this dialect's program would. Bytes that are not UTF-8, and NUL, are errors in every dialect.
    package func read(_ bytes: [UInt8], file: FileID, environment: [String: String] = [:]) -> EnvReading {
        var notes = EnvNotes(bytes: bytes, file: file, lineEnds: reader.lineEnds)
        if let offset = notes.bytes.firstIndex(of: 0) {
            notes.report(.envNotText, .error, "the file holds a NUL byte", offset..<offset + 1)
        } else if !String(validating: bytes, as: UTF8.self).isText {
            notes.report(.envNotText, .error, "the file is not UTF-8", 0..<0)
        } else {
            reader.read(into: &notes, environment: environment)
        }
        return notes.reading(self)
    }

    private var reader: any EnvReader.Type {
        switch self {
        case .systemd: SystemdReader.self
        case .compose: ComposeReader.self
        case .dockerRaw: DockerRawReader.self
        case .node: NodeReader.self
        case .dotenv: DotenvReader.self
        case .pythonDotenv: PythonDotenvReader.self
        case .shell: ShellReader.self
        case .portable: PortableReader.self
        }
    }
}

extension String? {
    fileprivate var isText: Bool { self != nil }
}
