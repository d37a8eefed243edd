package import ConfigLanguages
package import Diagnostics
package import ObservedFiles

/// What is deployed beside the outputs, as it was found: files of others, parsed, with the places of everything in
/// them.
///
/// It is a value. The files were read at the edge, and nothing here looks for another one.
package struct Observed: Sendable {
    package static let nothing = Observed(nginx: [], realms: [], in: SourceMap())

    /// A file of variables, and what somebody said that it is.
    package struct VariableFile: Hashable, Sendable {
        package let file: FileID
        package let kind: DeployedFileKind?
        /// True where a search of a folder found it.
        package let isFound: Bool

        package init(_ file: FileID, as kind: DeployedFileKind? = nil, isFound: Bool = false) {
            self.file = file
            self.kind = kind
            self.isFound = isFound
        }
    }

    /// The nginx files, in the order in which they were given.
    package let nginx: [NginxFile]
    /// What the processes get, from all files that set variables.
    package let deployment: ObservedDeployment
    /// The files that show a Keycloak realm.
    package let realms: [RealmFile]

    /// Parses files that were read.
    ///
    /// - Parameters:
    ///   - nginx: nginx files with server blocks, or with what such a file includes.
    ///   - variables: env files, and what else sets variables, in the order in which they are loaded.
    ///   - realms: exports of a Keycloak realm, or what `status.sh --json` prints.
    ///   - sources: all files of the run.
    package init(
        nginx: [FileID], variables: [VariableFile] = [], realms: [FileID] = [], in sources: SourceMap
    ) {
        self.nginx = nginx.map { NginxFile($0, in: sources) }
        self.realms = realms.map { RealmFile($0, in: sources) }
        deployment =
            variables.isEmpty
            ? .nothing
            : ObservedDeployment(
                variables.map { DeployedFile($0.file, as: $0.kind, isFound: $0.isFound, in: sources) })
    }

    /// The observed files of an example: `.conf` is nginx's, `realm.json` a realm's, everything else sets variables.
    package init(examples: [FileID], in sources: SourceMap) {
        func isOfNginx(_ file: FileID) -> Bool {
            sources[file].path.hasSuffix(".conf") && !sources[file].path.contains(".service.d/")
        }
        func isOfRealm(_ file: FileID) -> Bool { sources[file].path == "realm.json" }
        self.init(
            nginx: examples.filter(isOfNginx),
            variables: examples.filter { !isOfNginx($0) && !isOfRealm($0) }.map { VariableFile($0) },
            realms: examples.filter(isOfRealm), in: sources)
    }

    package var isEmpty: Bool { nginx.isEmpty && deployment.files.isEmpty && realms.isEmpty }

    /// Files that may hold comments; JSON has none.
    var commentable: [FileID] { nginx.map(\.id) + deployment.files.map(\.id) }

    /// Where secrets stand, which no report may quote.
    var secrets: [Span] { realms.flatMap(\.secrets) }

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
