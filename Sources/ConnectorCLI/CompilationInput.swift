import CSystemCalls
import CommandLineSyntax
import ConfigLanguages
import ConnectorCompiler
import Diagnostics
import Templates
import YAMLSyntax

/// Everything that a compilation needs from outside: the spec, and the files that options name.
struct CompilationInput: Sendable {
    private var workspace: Workspace
    var options = CompilationOptions()
    /// What is wrong with the files that options name.
    private(set) var diagnostics: [Diagnostic] = []
    /// Where secrets stand in the sources.
    private(set) var secrets: [Span] = []

    /// From how many bytes on memory is reserved at once: it takes some thirty bytes for each of the spec, and a fifth
    /// of the time of a large build went into faults of small pages.
    private static let largeSpec = 1 << 17

    init(_ invocation: Invocation) throws(CommandFailure) {
        let path = try CommandFailure.parsing { () throws(UsageError) in try invocation.required(SharedOptions.spec) }
        try self.init(spec: path, invocation)
    }

    /// `earlier` is the input of another spec of the run, with which this one has the observed files.
    init(
        spec path: String, _ invocation: Invocation, after earlier: CompilationInput? = nil
    ) throws(CommandFailure) {
        let name = invocation.value(SharedOptions.stdinFilename)
        let spec = try CommandFailure.accessing { () throws(FileError) in
            try SourceFile(spec: path, stdinFilename: name)
        }
        try self.init(of: spec, invocation, after: earlier)
    }

    /// The same for a spec that was read already.
    init(of spec: SourceFile, _ invocation: Invocation, after earlier: CompilationInput? = nil) throws(CommandFailure) {
        if spec.bytes.count >= Self.largeSpec { connectorgen_reserve_heap(min(spec.bytes.count * 32, 256 << 20)) }
        workspace = Workspace(spec: spec, after: earlier?.workspace)
        options.environment = invocation.value(SharedOptions.environment)
        if let directory = invocation.value(SharedOptions.templates) {
            try CommandFailure.accessing { () throws(FileError) in try addTemplates(directory) }
        }
        guard earlier == nil else { return }
        try CommandFailure.accessing { () throws(FileError) in
            try addObserved(invocation.values(SharedOptions.nginx), as: .observedNginx)
            try addObserved(invocation.values(SharedOptions.keycloak), as: .observedRealm)
        }
        let named = invocation.values(SharedOptions.env)
        if named.isEmpty { return }
        var deployed = DeployedFileSearch()
        for argument in named { try deployed.add(argument, invocation) }
        try CommandFailure.accessing { () throws(FileError) in try deployed.follow() }
        for file in deployed.files { workspace.add(variables: file.source, as: file.kind, isFound: file.isFound) }
    }

    /// Reads what is deployed.
    private mutating func addObserved(_ paths: [String], as role: Workspace.Role) throws(FileError) {
        for path in paths {
            workspace.add(SourceFile(path: path, bytes: try OpenFile.reading(path).readAll()), as: role)
        }
    }

    /// Reads the templates of a directory in place of the builtin ones.
    private mutating func addTemplates(_ path: String) throws(FileError) {
        var files: [TemplateFile] = []
        try collectTemplates(in: Directory.opening(path), prefix: "", into: &files)
        let loaded = TemplateCatalogue.load(files)
        diagnostics += loaded.diagnostics
        if !loaded.diagnostics.hasErrors { options.templates = loaded.catalogue }
    }

    private mutating func collectTemplates(
        in directory: Directory, prefix: String, into files: inout [TemplateFile]
    ) throws(FileError) {
        for name in try directory.names() {
            switch try directory.status(of: name)?.kind {
            case .directory:
                try collectTemplates(in: directory.directory(name), prefix: prefix + name + "/", into: &files)
            case .file where name.hasSuffix(".tmpl"):
                let bytes = try directory.file(name).readAll()
                let source = workspace.add(SourceFile(path: directory.pathOf(name), bytes: bytes), as: .template)
                files.append(TemplateFile(name: prefix + name, source: source, bytes: bytes))
            default: continue
            }
        }
    }

    /// Reads a file of `NAME=value` lines.
    mutating func readSecrets(from path: String) throws(FileError) -> [String: String] {
        let file = SourceFile(path: path, bytes: try OpenFile.reading(path).readAll())
        let reading = EnvDialect.node.read(file.bytes, file: workspace.add(file, as: .secrets))
        diagnostics += reading.diagnostics
        secrets += reading.entries.map(\.valueSpan)
        return reading.values
    }

    var sources: SourceMap { workspace.sources }
    /// What is deployed.
    var observed: [FileID] { workspace.files(as: .observedNginx) + workspace.files(as: .observedVariables) }
    var document: YAMLDocument { workspace.document }
    var spec: SourceFile { sources[workspace.spec] }

    /// The same with other bytes of some files.
    func replacing(_ contents: [FileID: [UInt8]]) -> CompilationInput {
        var changed = self
        changed.workspace = workspace.replacing(contents)
        return changed
    }

    func compile() -> Compilation { Compilation.compile(workspace, options: options) }
}
