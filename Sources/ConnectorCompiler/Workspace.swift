package import ConnectorChecks
package import Diagnostics
package import ObservedFiles
package import YAMLSyntax

/// The files of one run, each with what it is to the compiler. Diagnostics, origins and suppressions speak of all of
/// them by their ids.
package struct Workspace: Sendable {
    package enum Role: Hashable, Sendable, CaseIterable {
        case spec
        /// In the place of a built-in template.
        case template
        /// Values for secret references, which no report quotes.
        case secrets
        /// An nginx file that is deployed, with server blocks or with what one includes.
        case observedNginx
        /// A file that sets variables of a deployed process: an env file, a Compose file, a manifest, a unit.
        case observedVariables
        /// A Keycloak realm as it is: an export, or what `status.sh --json` printed.
        case observedRealm

        /// True for what all specs of a run are held against.
        fileprivate var isObserved: Bool { self == .observedNginx || self == .observedRealm }
    }

    package private(set) var sources: SourceMap
    private var files: [(id: FileID, role: Role)]
    /// Files of ``Role/observedVariables``, with what was said of them.
    package private(set) var variables: [Observed.VariableFile] = []
    package let spec: FileID
    /// The spec, read once.
    package private(set) var document: YAMLDocument

    /// `earlier` is that of another spec of the same run: diagnostics then speak of the files of both, and what it
    /// observed is observed here too.
    package init(spec file: SourceFile, after earlier: Workspace? = nil) {
        sources = earlier?.sources ?? SourceMap()
        spec = sources.add(file)
        document = YAML.parse(file, id: spec)
        files = [(spec, .spec)] + (earlier?.files.filter(\.role.isObserved) ?? [])
        variables = earlier?.variables ?? []
    }

    /// A file that sets variables; `kind` is what somebody said that it is.
    package mutating func add(variables file: SourceFile, as kind: DeployedFileKind?, isFound: Bool = false) {
        variables.append(Observed.VariableFile(add(file, as: .observedVariables), as: kind, isFound: isFound))
    }

    @discardableResult
    package mutating func add(_ file: SourceFile, as role: Role) -> FileID {
        let id = sources.add(file)
        files.append((id, role))
        return id
    }

    /// The same files, some with other bytes.
    package func replacing(_ contents: [FileID: [UInt8]]) -> Workspace {
        var changed = self
        changed.sources = sources.replacing(contents)
        if contents[spec] != nil { changed.document = YAML.parse(changed.sources[spec], id: spec) }
        return changed
    }

    /// In the order in which they were added.
    package func files(as role: Role) -> [FileID] { files.filter { $0.role == role }.map(\.id) }
}
