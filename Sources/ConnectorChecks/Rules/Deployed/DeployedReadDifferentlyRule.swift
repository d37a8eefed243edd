import ConfigLanguages
package import Diagnostics
import ObservedFiles

extension DiagnosticCode {
    package static let deployedReadDifferently = DiagnosticCode(
        829, "deployed-read-differently", .warning,
        summary: "A value of an env file means different things to the loaders that may read it.",
        why:
            "More than half of all unusual lines do: a `#` cuts a value for node, `$` is filled in by Compose, quotes stay for `docker run`.",
        remedy:
            "Say who reads the file, `--env FILE:DIALECT`, or spell the value so that all read the same: single quotes are safe for most."
    )
}

/// A value that another loader reads differently.
struct DeployedReadDifferentlyRule: DeploymentRule {
    let documentation = RuleDocumentation(
        .deployedReadDifferently,
        failing: [RuleExample(top: DeployedExample.target, files: [".env": "MOTD=↓a#b\n"])],
        passing: [RuleExample(top: DeployedExample.target, files: [".env": "MOTD='a#b'\n"])],
        references: ["M#183", "M#184"])

    /// Readers of a plain env file; `docker run --env-file` takes every byte as it stands and is nobody's guess.
    private static let usual: [EnvDialect] = [.node, .dotenv, .pythonDotenv, .compose, .systemd, .shell]

    func check(_ comparison: DeploymentComparison, _ context: RuleContext) -> [Diagnostic] {
        var found: [Diagnostic] = []
        var seen: Set<FileID> = []
        for reading in comparison.readings where seen.insert(reading.file.id).inserted {
            let same = comparison.readings.filter { $0.file.id == reading.file.id }
            let others =
                reading.isCertain
                ? same.dropFirst().map(\.reading)
                : Self.usual.filter { $0 != reading.reading.dialect }.map { reading.file.reading($0) }
            let values = reading.reading.values
            let readings = others.map { (dialect: $0.dialect.rawValue, values: $0.values) }
            for entry in reading.reading.entries {
                guard let value = entry.value, values[entry.name] == value else { continue }
                let differing = readings.filter { $0.values[entry.name] != value }.map(\.dialect)
                guard !differing.isEmpty else { continue }
                found.append(
                    finding(
                        "\(entry.name) is another value for \(differing.joined(separator: ", ")) than for "
                            + reading.reading.dialect.rawValue, at: entry.valueSpan,
                        severity: reading.isCertain ? .error : .warning,
                        help: "put it in single quotes, or say who reads the file: --env FILE:DIALECT"))
            }
        }
        return found
    }
}
