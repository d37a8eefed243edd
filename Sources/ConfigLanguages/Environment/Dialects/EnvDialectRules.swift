/// One dialect whole: how its program reads a file, how a value is spelled for it, and how a service gets the file.
protocol EnvDialectRules {
    /// Reads as the program does: accepts and refuses what that does. `environment` is the reading process' own, for
    /// dialects that look there.
    static func read(into notes: inout EnvNotes, environment: [String: String])
    static var lineEnds: EnvNotes.LineEnds { get }

    /// Comment lines that every file of the dialect begins with, without `#`.
    static var directives: [String] { get }
    /// True for a control character of ASCII that some spelling can carry.
    static func carries(_ byte: UInt8) -> Bool
    /// The bytes behind `NAME=` from which the program gets `value` back; every control character in it is carried.
    static func spelling(of value: [UInt8]) throws(EnvObstacle) -> [UInt8]

    /// How a service gets a file, as half a sentence of Markdown; `code` marks what is typed as it stands.
    static func loading(_ file: String, code: (String) -> String) -> String
    /// What makes a service read all these files of one folder, the later ones over the earlier.
    static func loading(_ files: [String], in folder: String) -> EnvLoading
}

extension EnvDialectRules {
    static var lineEnds: EnvNotes.LineEnds { .asWritten }
    static var directives: [String] { [] }
}

/// What keeps a value from being spelled in a dialect, as a noun.
struct EnvObstacle: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }
}

/// Lines to type or to write into a file, and the language that they are in, as a Markdown fence names it.
package struct EnvLoading: Hashable, Sendable {
    package let language: String
    package let lines: [String]

    package init(language: String, lines: [String]) {
        self.language = language
        self.lines = lines
    }
}
