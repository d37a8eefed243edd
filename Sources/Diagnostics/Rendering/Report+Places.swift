extension Report {
    /// The path of a file as machine forms name it: relative to the root where it lies below it, never
    /// absolute. Of a file elsewhere only the name is told.
    func machinePath(_ file: FileID) -> String {
        var path = sources[file].path[...]
        if let root, path.hasPrefix(root.hasSuffix("/") ? root : root + "/") {
            path = path.dropFirst(root.utf8.count)
        } else if path.hasPrefix("/") {
            path = path.split(separator: "/").last ?? path
        }
        while path.hasPrefix("/") { path = path.dropFirst() }
        while path.hasPrefix("./") { path = path.dropFirst(2) }
        return String(path)
    }

    /// ``machinePath(_:)`` as a URI reference (RFC 3986): every byte but unreserved ones and `/` percent-encoded.
    func machineURI(_ file: FileID) -> String {
        var uri: [UInt8] = []
        for byte in machinePath(file).utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"), UInt8(ascii: "/"):
                uri.append(byte)
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                uri += ("%" + (byte < 16 ? "0" : "") + digits).utf8
            }
        }
        return String(decoding: uri, as: UTF8.self)
    }

    /// `path:line:column` as machine forms write it.
    func machineLocation(_ span: Span) -> String {
        let start = sources[span.file].position(at: span.start)
        return "\(machinePath(span.file)):\(start.line):\(start.column)"
    }

    func start(_ span: Span) -> SourceFile.Position { sources[span.file].position(at: span.start) }
    func end(_ span: Span) -> SourceFile.Position { sources[span.file].position(at: span.end) }

    /// True when a line that the span touches holds a secret.
    func touchesSecret(_ span: Span) -> Bool {
        let file = sources[span.file]
        let lines = file.lineIndex(at: span.start)...file.lineIndex(at: span.end)
        return secrets.contains { secret in
            secret.file == span.file
                && lines.overlaps(file.lineIndex(at: secret.start)...file.lineIndex(at: secret.end))
        }
    }

    /// The places of secrets in one file, in order and apart from each other: one secret may have been found in several
    /// ways.
    func secretRanges(in file: FileID) -> [Range<Int>] {
        let ranges = secrets.filter { $0.file == file }.map { $0.start..<$0.end }
        return ranges.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { joined, range in
            if let last = joined.last, range.lowerBound < last.upperBound {
                joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                joined.append(range)
            }
        }
    }
}
