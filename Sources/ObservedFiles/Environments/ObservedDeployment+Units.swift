import ConfigLanguages
import Diagnostics

// Units of systemd with their drop-ins (systemd.unit(5), systemd.exec(5)).
extension ObservedDeployment {
    mutating func readUnits() {
        var order: [String] = []
        var parts: [String: [(file: DeployedFile, unit: SystemdUnit)]] = [:]
        for file in files {
            guard case .unit(let unit) = file.content else { continue }
            let name = file.unitName
            if parts[name] == nil { order.append(name) }
            parts[name, default: []].append((file, unit))
        }
        for name in order {
            // The unit first, then its drop-ins by their names.
            let sorted = (parts[name] ?? []).sorted {
                ($0.file.isDropIn ? 1 : 0, FilePathText.name(of: $0.file.path)) < (
                    $1.file.isDropIn ? 1 : 0, FilePathText.name(of: $1.file.path)
                )
            }
            read(name, sorted)
        }
    }

    private mutating func read(_ name: String, _ parts: [(file: DeployedFile, unit: SystemdUnit)]) {
        var environment = ObservedEnvironment(.unit, name, at: nil)
        var own: [ObservedLayer] = []
        var envFiles: [(path: String, isOptional: Bool, span: Span)] = []
        for (file, unit) in parts {
            var assignments: [ObservedAssignment] = []
            for setting in unit.service(["Environment", "EnvironmentFile", "PassEnvironment"]) {
                let text = setting.value.text
                switch (setting.name, text.isEmpty) {
                case ("Environment", true):
                    own = []
                    assignments = []
                case ("Environment", false):
                    let read = SystemdAssignments(setting)
                    refusals += read.problems.map { Refusal(message: $0.message, span: $0.span, replacement: nil) }
                    assignments += read.assignments.map {
                        ObservedAssignment(
                            $0.name, $0.value.map { .text($0) } ?? .unknown("a specifier of the unit stands in it"),
                            nameSpan: $0.nameSpan, valueSpan: $0.valueSpan)
                    }
                case ("EnvironmentFile", true): envFiles = []
                case ("EnvironmentFile", false):
                    let path = text.hasPrefix("-") ? String(text.dropFirst()) : text
                    envFiles.append((path, text.hasPrefix("-"), setting.value.span))
                default:
                    assignments += text.split(separator: " ").map {
                        ObservedAssignment(
                            String($0), .unknown("it is passed on from the manager"), nameSpan: setting.value.span,
                            valueSpan: setting.value.span, isLiteral: false)
                    }
                }
            }
            if !assignments.isEmpty {
                let kind = file.isDropIn ? "the drop-in" : "the unit"
                own.append(
                    ObservedLayer(.unit, "`Environment=` of \(kind) \(FilePathText.name(of: file.path))", assignments))
            }
            if unit.settings.contains(where: { $0.name == "ExecStart" }) {
                environment.program = unit.service(["ExecStart"]).map(\.value.text).joined(separator: " ")
            }
        }
        environment.layers = own
        for envFile in envFiles {
            fileReferences.append(
                FileReference(
                    FilePathText.joined("", envFile.path), at: envFile.span, isOptional: envFile.isOptional,
                    as: .env(.systemd)))
            guard let file = given(envFile.path) else {
                if !envFile.isOptional {
                    environment.unseen.append(Label(envFile.span, "\(envFile.path) was not given"))
                }
                continue
            }
            environment.layers.append(
                layer(
                    of: file, .systemd, title: "`EnvironmentFile=` of the unit \(name)",
                    namedAt: Label(envFile.span, "loaded by `EnvironmentFile=` of the unit \(name)")))
        }
        environments.append(environment)
    }
}

extension DeployedFile {
    fileprivate var isDropIn: Bool { folder.hasSuffix(".d") }

    /// `mcp.service`, of the unit and of each of its drop-ins.
    fileprivate var unitName: String {
        isDropIn ? String(FilePathText.name(of: folder).dropLast(2)) : FilePathText.name(of: path)
    }
}
