import Diagnostics

/// `docker run --env-file`: one variable to a line, everything behind the first `=` as it stands.
struct DockerRawDialect: EnvDialectRules {
    static func read(into notes: inout EnvNotes, environment: [String: String]) {
        var start = 0
        while start < notes.bytes.count {
            let next = notes.lineEnd(from: start) + 1
            var end = next - 1
            if end > start, notes.bytes[end - 1] == 0x0D { end -= 1 }
            line(UnicodeBlank.go.skip(in: notes.bytes, from: start, before: end)..<end, &notes, environment)
            start = next
        }
    }

    private static func line(_ line: Range<Int>, _ notes: inout EnvNotes, _ environment: [String: String]) {
        guard let first = line.first, notes.bytes[first] != UInt8(ascii: "#") else { return }
        let equals = notes.bytes[line].firstIndex(of: UInt8(ascii: "="))
        let name = line.lowerBound..<(equals ?? line.upperBound)
        if name.isEmpty || notes.bytes[name].contains(where: { $0 == 0x20 || $0 == 0x09 }) {
            let problem = name.isEmpty ? "there is no name before \"=\"" : "a blank in a variable's name"
            return notes.report(
                .envSyntax, .error, "docker refuses the file: \(problem)", name,
                help: "this dialect knows no export, no blanks around \"=\" and no colon")
        }
        guard let equals else { return notes.nameOnly(name, inherited: environment[notes.text(name)]) }
        let value = equals + 1..<line.upperBound
        notes.assign(name, Array(notes.bytes[value]), from: value, in: line)
    }
}

// MARK: Writing for it

extension DockerRawDialect {
    static func carries(_ byte: UInt8) -> Bool { byte != 0 && byte != 0x0A && byte != 0x0D }

    static func spelling(of value: [UInt8]) -> [UInt8] { value }

    static func loading(_ file: String, code: (String) -> String) -> String {
        "given to \(code("docker run --env-file"))"
    }

    static func loading(_ files: [String], in folder: String) -> EnvLoading {
        EnvLoading(
            language: "sh", lines: ["docker run \(files.map { "--env-file \($0) " }.joined())IMAGE"])
    }
}
