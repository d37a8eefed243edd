package import ConfigLanguages
package import Diagnostics

/// Deployed files, put together as their loaders would: what each process gets, and what else they say.
///
/// It is a function of the files that were given. A file that they name and that was not given is said to be unseen.
package struct ObservedDeployment: Sendable {
    /// An env file as the reader of one dialect sees it.
    package struct Reading: Sendable {
        package let file: DeployedFile
        package let reading: EnvReading
        /// The loader, as a message calls it: "`env_file` of the service mcp".
        package let loader: String
    }

    /// A variable that a Compose file refers to, `${NAME}`.
    package struct VariableReference: Hashable, Sendable {
        package let name: String
        package let span: Span
        /// True where the file goes on without it, by a default.
        package let hasDefault: Bool
        /// The env file in which it would be looked for; nil where none was given.
        package let source: FileID?
        package let isSet: Bool
    }

    /// A value that its loader does not take.
    package struct Refusal: Sendable {
        package let message: String
        package let span: Span
        /// What would do in its place, where one thing would.
        package let replacement: String?
    }

    package let files: [DeployedFile]
    package internal(set) var environments: [ObservedEnvironment] = []
    /// Env files that are loaded by others.
    package internal(set) var readings: [Reading] = []
    package internal(set) var variableReferences: [VariableReference] = []
    package internal(set) var refusals: [Refusal] = []
    package internal(set) var fileReferences: [FileReference] = []
    package internal(set) var realms: [ObservedRealm] = []

    package init(_ files: [DeployedFile]) {
        self.files = files
        readCompose()
        readManifests()
        readUnits()
        readEcosystems()
        readProcesses()
        readImages()
        for file in files {
            if case .realm(let json) = file.content { realms.append(ObservedRealm(json, in: file.id)) }
        }
    }

    package static let nothing = ObservedDeployment([])

    package func file(_ id: FileID) -> DeployedFile? { files.first { $0.id == id } }

    /// Env files that no other file loads, in the order in which they were given.
    package var looseFiles: [DeployedFile] {
        let loaded = Set(readings.map(\.file.id))
        return files.filter { file in
            if case .env = file.kind { !loaded.contains(file.id) } else { false }
        }
    }

    package var examples: [DeployedFile] { files.filter { $0.kind == .envExample } }

    /// References to files that were not given.
    package var missing: [FileReference] { fileReferences.filter { given($0.path) == nil } }

    func given(_ path: String) -> DeployedFile? {
        files.first { FilePathText.joined("", $0.path) == path }
            ?? files.first { FilePathText.mayBeSame($0.path, path) }
    }

    /// An env file as a layer; what its reader says of it is kept.
    mutating func layer(
        of file: DeployedFile, _ dialect: EnvDialect, title: String, environment: [String: String] = [:],
        namedAt place: Label? = nil
    ) -> ObservedLayer {
        let reading = file.reading(dialect, environment: environment)
        if !readings.contains(where: { $0.file.id == file.id && $0.reading.dialect == dialect }) {
            readings.append(Reading(file: file, reading: reading, loader: title))
        }
        return file.layer(reading, title: title, namedAt: place)
    }

    /// Dockerfiles that no service builds are images of their own.
    private mutating func readImages() {
        let built = Set(environments.flatMap(\.files))
        for file in files {
            guard case .dockerfile(let image) = file.content, !image.assignments.isEmpty, !built.contains(file.id)
            else {
                continue
            }
            environments.append(
                ObservedEnvironment(.image, FilePathText.name(of: file.path), at: nil, layers: [file.imageLayer(image)])
            )
        }
    }
}

extension DeployedFile {
    package func layer(_ reading: EnvReading, title: String, namedAt place: Label? = nil) -> ObservedLayer {
        ObservedLayer(
            .envFile(reading.dialect), title,
            reading.entries.compactMap { entry in
                guard let value = entry.value else { return nil }
                let spelled = bytes[min(entry.valueSpan.start, bytes.count)..<min(entry.valueSpan.end, bytes.count)]
                let isFilledIn = spelled.contains(UInt8(ascii: "$")) && !value.utf8.contains(UInt8(ascii: "$"))
                return ObservedAssignment(
                    entry.name, .text(value), nameSpan: entry.nameSpan, valueSpan: entry.valueSpan,
                    isLiteral: !isFilledIn, trail: [place].compactMap(\.self))
            })
    }

    func imageLayer(_ image: Dockerfile) -> ObservedLayer {
        ObservedLayer(
            .image, "`ENV` of \(path)",
            image.assignments.map {
                ObservedAssignment(
                    $0.name, $0.value.map { .text($0) } ?? .unknown("it depends on an argument of the build"),
                    nameSpan: $0.nameSpan, valueSpan: $0.valueSpan)
            })
    }
}
