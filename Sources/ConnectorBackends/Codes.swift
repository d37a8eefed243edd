package import Diagnostics

// What turning a plan into files can find: values that nginx cannot express (930 to 949), and files that cannot
// stand together (950 to 969). The templates have 900 to 929.
extension DiagnosticCode {
    package static let nginxValueUnrepresentable = DiagnosticCode(
        930, "nginx-value-unrepresentable",
        summary: "nginx has no way to write a value.",
        why: "Writing it all the same would mean something else, or end the directive.",
        remedy: "Use a value without the characters that the message names.")
    package static let nginxDocumentUnrepresentable = DiagnosticCode(
        931, "nginx-document-unrepresentable",
        summary: "nginx cannot answer a metadata document itself.",
        why: "The document is too long for a directive, or has characters that it cannot hold.",
        remedy: "Set `targets.nginx.metadata: proxied`, and connectorgen-auth answers it; or shorten the document.")

    package static let unknownBackend = DiagnosticCode(
        950, "unknown-backend",
        summary: "`--only` names an output that does not exist.",
        why: "There is nothing that could be built.",
        remedy: "Take one of the names that the message lists.")
    package static let lockUnreadable = DiagnosticCode(
        951, "lock-unreadable",
        summary: "The lock of an output directory cannot be read.",
        why: "Without it, files that were edited by hand cannot be told from those that were built.",
        remedy: "Restore it from version control, or build with `--force` to overwrite all outputs.")
    package static let provenanceMapUnreadable = DiagnosticCode(
        952, "provenance-map-unreadable",
        summary: "The provenance map of an output directory cannot be read.",
        why: "Which line of the spec made a line of an output cannot be told.",
        remedy: "Build again.")
    package static let artifactTwice = DiagnosticCode(
        953, "artifact-twice",
        summary: "Two outputs are to be written to one file.",
        why: "One of them would be lost.",
        remedy: "Give one of them another file name.")

    // Env and secrets.
    package static let envValueUnrepresentable = DiagnosticCode(
        603, "env-value-unrepresentable",
        summary: "An env dialect has no way to write a value.",
        why: "Writing it all the same would give the service another value.",
        remedy: "Use a value without the characters that the message names, or another dialect.")
    package static let secretValueMissing = DiagnosticCode(
        607, "secret-value-missing",
        summary: "`--secrets` found no value for a secret.",
        why: "An empty variable is how a service comes to run without its secret.",
        remedy: "Set it where connectorgen runs, or build without `--secrets`.")
    package static let envVariableTwice = DiagnosticCode(
        608, "env-variable-twice",
        summary: "A variable stands twice in one env file.",
        why: "Readers take the last, while people who look for it find the first.",
        remedy: "Keep one of them.")

    // Keycloak.
    package static let keycloakValueUnrepresentable = DiagnosticCode(
        960, "keycloak-value-unrepresentable",
        summary: "A value of `targets.keycloak` cannot be written into the scripts.",
        why: "Writing it all the same would change what the script does.",
        remedy: "Change the value in the spec.")

    /// All of them.
    package static let connectorBackendsCodes: [DiagnosticCode] = [
        .nginxValueUnrepresentable, .nginxDocumentUnrepresentable, .unknownBackend, .lockUnreadable,
        .provenanceMapUnreadable, .artifactTwice, .envValueUnrepresentable, .secretValueMissing, .envVariableTwice,
        .keycloakValueUnrepresentable,
    ]
}
