import ConnectorSpec
import Diagnostics

/// By name, the indices of each connector among the spec's sections and the plan's resources.
private typealias ConnectorIndices = [String: (section: Int, resource: Int)]

extension Lowering {
    /// The env files: of each the vocabulary's variables, then those of the spec, which replace by name.
    mutating func environmentFiles(_ plan: DeploymentPlan) -> [EnvironmentFile] {
        guard !spec.targets.env.isEmpty else { return [] }
        var connectors = ConnectorIndices()
        connectors.reserveCapacity(spec.connectors.count)
        for resource in plan.resources.indices where !plan.resources[resource].isAlias {
            connectors[plan.resources[resource].connector] = (connectors.count, resource)
        }
        return spec.targets.env.map { target in
            let scope = KeyScope(
                plan: plan,
                connector: connector(of: target, among: connectors).map { section, resource in
                    ConnectorScope(section: spec.connectors[section], resource: plan.resources[resource])
                })
            var variables = VariableList()
            for variable in vocabulary(of: target) {
                if let filled = fill(variable, of: target, scope: scope) { variables.set(filled) }
            }
            for entry in target.variables {
                if let filled = fill(entry, scope: scope) { variables.set(filled) }
            }
            if target.vocabulary == nil, target.variables.isEmpty {
                for secret in serverSecrets { variables.set(secret) }
            }
            return EnvironmentFile(
                fileName: target.file.value.text, dialect: target.dialect.value, app: target.app?.value,
                variables: variables.all, origins: [target.file.span])
        }
    }

    /// A file that names no variables is that of `connectorgen-auth`: the secrets that its runtime config refers to.
    private var serverSecrets: [EnvironmentVariable] {
        spec.serverSecrets.compactMap { reference in
            guard case .environment(let name) = reference.value else { return nil }
            return EnvironmentVariable(
                name: name.text, value: .secret(reference.value), planKey: nil, origins: [reference.span])
        }
    }

    private func vocabulary(of target: EnvTarget) -> [Vocabulary.Variable] {
        target.vocabulary.flatMap { vocabularies.vocabulary(named: $0.value) }?.variables ?? []
    }

    /// Whom `connector.…` means in a file: the connector it names, else the only one.
    private mutating func connector(
        of target: EnvTarget, among connectors: ConnectorIndices
    ) -> (section: Int, resource: Int)? {
        guard let named = target.connector else { return connectors.count == 1 ? connectors.values.first : nil }
        if let found = connectors[named.value.text] { return found }
        let near = Suggestion.nearest(to: named.value.text, in: spec.connectors.map(\.name.value.text))
        report(
            .unknownConnector, "targets.env names a connector that does not exist", at: named.span,
            "no connector `\(named.value.text)`", help: near.map { "did you mean `\($0)`?" })
        return nil
    }

    private mutating func fill(
        _ variable: Vocabulary.Variable, of target: EnvTarget, scope: KeyScope
    ) -> EnvironmentVariable? {
        let span = target.vocabulary?.span ?? target.span
        switch variable.binding {
        case .literal(let text):
            return EnvironmentVariable(name: variable.name, value: .text(text), planKey: nil, origins: [span])
        case .secret:
            guard let name = try? EnvironmentName(parsing: variable.name) else { return nil }
            return EnvironmentVariable(
                name: variable.name, value: .secret(.environment(name)), planKey: nil, origins: [span])
        case .plan(let key):
            guard let value = value(of: key, for: variable.name, at: span, scope, isOptional: variable.isOptional)
            else { return nil }
            return EnvironmentVariable(
                name: variable.name, value: value.variable, planKey: key, origins: value.origins + [span])
        }
    }

    private mutating func fill(_ entry: VariableEntry, scope: KeyScope) -> EnvironmentVariable? {
        let name = entry.name.value.text
        switch entry.value.value {
        case .literal(let text):
            return EnvironmentVariable(name: name, value: .text(text), planKey: nil, origins: [entry.value.span])
        case .secret(let reference):
            return EnvironmentVariable(
                name: name, value: .secret(reference), planKey: nil, origins: [entry.value.span])
        case .plan(let key):
            guard let value = value(of: key, for: name, at: entry.value.span, scope, isOptional: false)
            else { return nil }
            return EnvironmentVariable(
                name: name, value: value.variable, planKey: key, origins: [entry.value.span] + value.origins)
        }
    }

    private mutating func value(
        of key: String, for variable: String, at span: Span, _ scope: KeyScope, isOptional: Bool
    ) -> PlanValue? {
        guard DeploymentPlan.isPlanKey(key) else {
            let known = DeploymentPlan.planKeys.map(\.name)
            report(
                .unknownPlanKey, "\(variable) asks for `\(key)`, which is no key of the plan", at: span,
                notes: ["keys: \(known.joined(separator: ", "))"],
                help: Suggestion.nearest(to: key, in: known).map { "did you mean `\($0)`?" })
            return nil
        }
        let isOfConnector = key.hasPrefix("connector.")
        if isOfConnector, scope.connector == nil {
            if scope.plan.spec.connectors.count > 1 { reportUnnamedConnector(key, for: variable, at: span) }
            return nil
        }
        if let value = scope.value(forKey: key), value.hasContent { return value }
        guard !isOptional else { return nil }
        report(
            .planKeyWithoutValue, "\(variable) asks for `\(key)`, which has no value in this deployment", at: span,
            help: "write the value in the spec, or leave the variable out")
        return nil
    }

    private mutating func reportUnnamedConnector(_ key: String, for variable: String, at span: Span) {
        report(
            .connectorUnnamed, "\(variable) asks for `\(key)` and the file does not say of which connector", at: span,
            help: "add `connector: NAME` to the env target")
    }
}

/// Variables by name, in the order in which their names came first.
private struct VariableList {
    private(set) var all: [EnvironmentVariable] = []
    private var indexByName: [String: Int] = [:]

    mutating func set(_ variable: EnvironmentVariable) {
        if let index = indexByName[variable.name] {
            all[index] = variable
        } else {
            indexByName[variable.name] = all.count
            all.append(variable)
        }
    }
}

extension PlanValue {
    fileprivate var variable: EnvironmentVariable.Value {
        switch content {
        case .secret(let reference): .secret(reference)
        case .text(let text): .text(text)
        case .list(let items, let separator): .text(items.joined(separator: separator))
        }
    }

    /// False for an empty list, which is no value for a variable.
    fileprivate var hasContent: Bool {
        if case .list(let items, _) = content { !items.isEmpty } else { true }
    }
}
