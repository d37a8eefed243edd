import ConfigLanguages
import ConnectorPlan
import ConnectorSpec
import Diagnostics
import OAuthModel

/// `env/<file>`, one for each env target, in its own dialect.
///
/// A secret stays a reference: a comment says where its value is found. With `build --secrets` the value is written,
/// the file is readable by its owner alone, and ``Artifact/maskedBytes`` is the file as it would be without the values.
package struct EnvironmentBackend: Backend {
    package static let name = "env"

    package init() {}

    package func render(_ context: RenderContext) -> Rendering {
        var rendering = Rendering()
        for file in context.plan.environment {
            let found = duplicates(in: file) + missingSecrets(in: file, context)
            rendering.diagnostics += found
            guard found.isEmpty else { continue }
            let references = RenderedEnvironment(file, context, secrets: [:])
            rendering.diagnostics += references.diagnostics
            var artifact = references.artifact
            if !context.secrets.isEmpty, file.variables.contains(where: { $0.secret != nil }) {
                let filled = RenderedEnvironment(file, context, secrets: context.secrets)
                rendering.diagnostics += filled.diagnostics
                artifact = filled.artifact
                artifact?.maskedBytes = references.artifact?.bytes
                artifact?.mode = 0o600
            }
            if let artifact { rendering.artifacts.append(artifact) }
        }
        rendering.diagnostics = rendering.diagnostics.arranged
        return rendering
    }

    private func duplicates(in file: EnvironmentFile) -> [Diagnostic] {
        var first: [String: EnvironmentVariable] = [:]
        return file.variables.compactMap { variable in
            guard let earlier = first.updateValue(variable, forKey: variable.name) else { return nil }
            return Diagnostic(
                .envVariableTwice, .error, "\(variable.name) stands twice in env/\(file.fileName)",
                at: variable.origins.first.map { Label($0, "comes from here") },
                secondary: earlier.origins.first.map { [Label($0, "and from here")] } ?? [],
                help: "keep one of them: readers take the last, people the first")
        }
    }

    private func missingSecrets(in file: EnvironmentFile, _ context: RenderContext) -> [Diagnostic] {
        guard !context.secrets.isEmpty else { return [] }
        return file.variables.compactMap { variable in
            guard let reference = variable.secret, context.secrets[reference.description] == nil else { return nil }
            return Diagnostic(
                .secretValueMissing, .error, "there is no value for \(variable.name): \(reference) is not set",
                at: variable.origins.first.map { Label($0) },
                help: "set it where connectorgen runs, or build without --secrets")
        }
    }
}

extension EnvironmentVariable {
    var secret: SecretReference? {
        if case .secret(let reference) = value { reference } else { nil }
    }
}
