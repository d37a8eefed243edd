package import ConfigLanguages
package import Diagnostics

/// What is deployed beside the outputs, as it was found: files of others, parsed, with the places of everything in
/// them.
///
/// It is a value. The files were read at the edge, and nothing here looks for another one.
package struct Observed: Sendable {
    package static let nothing = Observed(nginx: [], in: SourceMap())

    /// The nginx files, in the order in which they were given.
    package let nginx: [NginxFile]

    /// Parses files that were read.
    ///
    /// - Parameters:
    ///   - nginx: nginx files with server blocks, or with what such a file includes.
    ///   - sources: all files of the run.
    package init(nginx: [FileID], in sources: SourceMap) {
        self.nginx = nginx.map { NginxFile($0, in: sources) }
    }

    package var isEmpty: Bool { nginx.isEmpty }

    /// The files themselves, for the comments in them.
    var files: [FileID] { nginx.map(\.id) }

    /// True when every file could be read to its end: only then something may be said to be missing.
    var isReadable: Bool { nginx.allSatisfy(\.problems.isEmpty) }

    /// Every server block, with what it includes of the other files.
    var servers: [NginxServer] {
        nginx.flatMap { file in
            Self.serverBlocks(in: file.block).map { NginxServer($0, among: nginx) }
        }
    }

    /// Server blocks stand in `http`, or at the top of a file that `http` includes.
    private static func serverBlocks(in block: NginxBlock) -> [NginxDirective] {
        var servers: [NginxDirective] = []
        for directive in block.directives {
            guard let inner = directive.block else { continue }
            if directive.name == "server" { servers.append(directive) }
            if directive.name == "http" { servers += serverBlocks(in: inner) }
        }
        return servers
    }
}

/// An nginx file that is deployed.
package struct NginxFile: Sendable {
    package let id: FileID
    /// As it was given.
    package let path: String
    package let block: NginxBlock
    package let problems: [NginxSyntaxProblem]

    init(_ id: FileID, in sources: SourceMap) {
        let parsed = NginxParser.parse(sources[id].bytes, file: id)
        self.id = id
        path = sources[id].path
        (block, problems) = (parsed.file, parsed.problems)
    }
}
