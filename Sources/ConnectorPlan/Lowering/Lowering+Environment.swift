import ConfigLanguages
import ConnectorSpec
import Diagnostics
import OAuthModel
import WebSyntax

/// By a connector's name, its index among the plan's resources.
private typealias ConnectorIndices = [String: Int]

/// What a file's variables are filled from.
private struct PropertyScope {
    let plan: DeploymentPlan
    /// Whom `connector.…` means, when it means one.
    let resource: ResourcePlan?
}

extension Lowering {
    /// The env files: of each the preset's variables, then those of the spec, which replace by name.
    mutating func environmentFiles(_ plan: DeploymentPlan) -> [EnvironmentFile] {
        guard !spec.targets.env.isEmpty else { return [] }
        var connectors = ConnectorIndices()
        connectors.reserveCapacity(spec.connectors.count)
        for (index, resource) in plan.resources.enumerated() where !resource.isAlias {
            connectors[resource.connector] = index
        }
        return spec.targets.env.map { target in
            let scope = PropertyScope(
                plan: plan, resource: connector(of: target, among: connectors).map { plan.resources[$0] })
            reportUnnamedConnector(of: target, scope)
            var variables = VariableList()
            for variable in preset(of: target) {
                if let filled = fill(variable, of: target, scope: scope) { variables.set(filled) }
            }
            for entry in target.variables {
                if let filled = fill(entry, scope: scope) { variables.set(filled) }
            }
            if target.preset == nil, target.variables.isEmpty {
                for secret in serverSecrets { variables.set(secret) }
            }
            var file = EnvironmentFile(
                fileName: target.file.value.text, dialect: target.dialect.value, pm2: pm2App(of: target),
                variables: variables.all, secretsFileName: nil, origins: [target.file.span])
            if !file.secretVariables.isEmpty { file.secretsFileName = secretsFileName(beside: file.fileName) }
            return file
        }
    }

    /// `app.env` has its secrets in `app.secrets.env`, which is no output, whatever the other files are called.
    private func secretsFileName(beside name: String) -> String {
        let taken = Set(spec.targets.env.map { $0.file.value.text.lowercased() })
        let stem = name.lastIndex(of: ".").map { name[..<$0] } ?? name[...]
        var secrets = "\(stem).secrets.env"
        while taken.contains(secrets.lowercased()) { secrets = "own." + secrets }
        return secrets
    }

    /// What PM2 starts; reports what it could not start with.
    private mutating func pm2App(of target: EnvTarget) -> PM2App? {
        guard target.dialect.value == .pm2 else { return nil }
        if !target.file.value.text.hasSuffix(".json") {
            report(
                .pm2FileUnstartable, "PM2 would take env/\(target.file.value.text) for a script to run",
                at: target.file.span,
                "no name of a configuration",
                notes: ["PM2 tells them by the ending, and what is written here is JSON"],
                help: "give it a name that ends in `.json`, `ecosystem.config.json`")
        }
        guard let script = target.script else {
            report(
                .pm2FileUnstartable, "env/\(target.file.value.text) does not say what PM2 starts",
                at: target.dialect.span,
                "needs a script",
                help: "add `script: server.mjs`, and `cwd` where it is not started in the script's folder")
            return nil
        }
        return PM2App(
            name: target.app?.value ?? spec.name.value.text, script: script.value,
            workingDirectory: target.workingDirectory?.value.text, interpreter: target.interpreter?.value,
            origins: [target.app?.span ?? spec.name.span, script.span]
                + [target.workingDirectory?.span, target.interpreter?.span].compactMap(\.self))
    }

    /// A file that names no variables is that of `connectorgen-auth`: the secrets that its runtime config refers to.
    private var serverSecrets: [EnvironmentVariable] {
        spec.serverSecrets.compactMap { reference in
            guard case .environment(let name) = reference.value else { return nil }
            return EnvironmentVariable(
                name: name.text, value: .secret(reference.value), planKey: nil, origins: [reference.span])
        }
    }

    private func preset(of target: EnvTarget) -> [VariablePreset.Variable] {
        target.preset.flatMap { presets.preset(named: $0.value) }?.variables ?? []
    }

    /// Whom `connector.…` means in a file: the connector it names, else the only one.
    private mutating func connector(
        of target: EnvTarget, among connectors: ConnectorIndices
    ) -> Int? {
        guard let named = target.connector else { return connectors.count == 1 ? connectors.values.first : nil }
        if let found = connectors[named.value.text] { return found }
        let near = Suggestion.nearest(to: named.value.text, in: spec.connectors.map(\.name.value.text))
        report(
            .unknownConnector, "targets.env names a connector that does not exist", at: named.span,
            "no connector `\(named.value.text)`", help: near.map { "did you mean `\($0)`?" })
        return nil
    }

    /// Once for a file, whatever number of its variables speak of a connector.
    private mutating func reportUnnamedConnector(of target: EnvTarget, _ scope: PropertyScope) {
        guard scope.resource == nil, target.connector == nil, spec.connectors.count > 1 else { return }
        var names = preset(of: target).compactMap { variable -> String? in
            if case .plan(let key) = variable.binding, key.hasPrefix("connector.") { variable.name } else { nil }
        }
        var places: [Label] = []
        for entry in target.variables {
            guard case .plan(let key) = entry.value.value, key.hasPrefix("connector."), DeploymentPlan.isPlanKey(key)
            else { continue }
            names.append(entry.name.value.text)
            places.append(Label(entry.value.span))
        }
        guard let first = names.first else { return }
        let others = names.count > 1 ? " and \(names.count - 1) more" : ""
        let connectors = spec.connectors.prefix(5).map(\.name.value.text).joined(separator: ", ")
        report(
            .connectorUnnamed,
            "env/\(target.file.value.text) does not say which connector \(first)\(others) speak\(names.count > 1 ? "" : "s") of",
            at: target.preset?.span ?? places.first?.span ?? target.file.span,
            help: "add `connector: NAME` to the env target; connectors: \(connectors)")
    }

    private mutating func fill(
        _ variable: VariablePreset.Variable, of target: EnvTarget, scope: PropertyScope
    ) -> EnvironmentVariable? {
        let span = target.preset?.span ?? target.span
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

    private mutating func fill(_ entry: VariableEntry, scope: PropertyScope) -> EnvironmentVariable? {
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
        of key: String, for variable: String, at span: Span, _ scope: PropertyScope, isOptional: Bool
    ) -> PlanValue? {
        guard DeploymentPlan.isPlanKey(key) else {
            let known = DeploymentPlan.properties.map(\.name)
            report(
                .unknownPlanKey, "\(variable) asks for `\(key)`, which is no key of the plan", at: span,
                notes: ["keys: \(known.joined(separator: ", "))"],
                help: Suggestion.nearest(to: key, in: known).map { "did you mean `\($0)`?" })
            return nil
        }
        if key.hasPrefix("connectors."), let value = scope.plan.value(forKey: key), value.hasContent { return value }
        let isOfConnector = key.hasPrefix("connector.")
        if isOfConnector, scope.resource == nil { return nil }
        if let value = scope.plan.value(forKey: key, of: scope.resource), value.hasContent { return value }
        guard !isOptional else { return nil }
        report(
            .planKeyWithoutValue, "\(variable) asks for `\(key)`, which has no value in this deployment", at: span,
            help: "write the value in the spec, or leave the variable out")
        return nil
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
