import Diagnostics
import YAMLSyntax

extension SourceFile {
    /// Reads the spec of a command line: a file, or standard input for `-`. A file that is too large for the parser is
    /// cut right behind its limit, so that an endless one ends, and the parser says so.
    convenience init(spec path: String, stdinFilename: String?) throws(FileError) {
        let limit = YAMLLimits.standard.bytes + 1
        if path == "-" {
            let shown = stdinFilename ?? "<stdin>"
            self.init(path: shown, bytes: try StandardStreams.readInput(atMost: limit, shownAs: shown))
        } else {
            self.init(path: path, bytes: try OpenFile.reading(path).readAll(atMost: limit))
        }
    }
}
