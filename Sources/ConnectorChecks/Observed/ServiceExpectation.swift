import ConfigLanguages
import ConnectorPlan
import ConnectorSpec
import Diagnostics
import OAuthModel
import ObservedFiles

/// What the spec gives one service: the targets of `targets.env` that speak of the same connector by the same preset.
struct ServiceExpectation: Sendable {
    private(set) var targets: [EnvTarget]
    private(set) var files: [EnvironmentFile]
    let preset: VariablePreset?

    /// The services of a plan, in the order of their first targets.
    static func all(of plan: DeploymentPlan, _ presets: PresetCatalogue) -> [ServiceExpectation] {
        var services: [ServiceExpectation] = []
        for (target, file) in zip(plan.spec.targets.env, plan.environment) {
            let same = services.firstIndex { service in
                guard let other = service.targets.first, let preset = target.preset else { return false }
                return other.preset?.value == preset.value
                    && other.connector?.value.text == target.connector?.value.text
            }
            if let same {
                services[same].targets.append(target)
                services[same].files.append(file)
            } else {
                services.append(
                    ServiceExpectation(
                        targets: [target], files: [file],
                        preset: target.preset.flatMap { presets.preset(named: $0.value) }))
            }
        }
        return services
    }

    /// Of each name the first.
    var variables: [EnvironmentVariable] {
        var seen: Set<String> = []
        return files.flatMap(\.variables).filter { seen.insert($0.name).inserted }
    }

    func variable(_ name: String) -> EnvironmentVariable? {
        files.lazy.flatMap(\.variables).first { $0.name == name }
    }

    /// True for connectorgen-auth, whose file has the secrets of its config alone.
    var isServer: Bool { targets.allSatisfy { $0.preset == nil && $0.variables.isEmpty } }

    /// Names that tell the service: of its files, its app and its connector.
    var names: Set<String> {
        Set(
            files.flatMap { [$0.fileName, $0.secretsFileName].compactMap(\.self) }
                + targets.flatMap { [$0.app?.value, $0.connector?.value.text].compactMap(\.self) })
    }

    /// The one dialect of its env files; nil where there are none, or several.
    var dialect: EnvDialect? {
        let dialects = Set(
            targets.compactMap { target -> EnvDialect? in
                if case .env(let dialect) = target.dialect.value { dialect } else { nil }
            })
        return dialects.count == 1 ? dialects.first : nil
    }

    /// How well names and values fit: by the name of the file or the service first, then by how many variables are
    /// there, then by how many have the value; nil where none is there.
    func fit(_ name: String, _ values: [String: String?]) -> [Int]? {
        let named = names.contains(name) || name.split(separator: "/").contains { names.contains(String($0)) }
        let overlap = variables.filter { values[$0.name] != nil }
        let retired = (preset?.retiredNames ?? []).count { values[$0.name] != nil }
        guard named || !overlap.isEmpty || retired > 0 else { return nil }
        let equal = overlap.count { .text((values[$0.name] ?? nil) ?? "") == $0.value }
        return [named ? 1 : 0, overlap.count + retired, equal]
    }
}

extension [ServiceExpectation] {
    /// The index of the service that fits best; nil where none does.
    func best(_ name: String, _ values: [String: String?]) -> Int? {
        var best: (index: Int, fit: [Int])?
        for (index, service) in enumerated() {
            guard let fit = service.fit(name, values) else { continue }
            if let known = best, !known.fit.lexicographicallyPrecedes(fit) { continue }
            best = (index, fit)
        }
        return best?.index
    }
}
