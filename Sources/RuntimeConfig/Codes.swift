package import Diagnostics

/// What can be wrong with the file that `connectorgen-auth` reads (50 to 69), and why a server whose file is right
/// cannot start with it on a machine (710 to 729). The compiler explains them too, so they stand where both meet.
extension DiagnosticCode {
    package static let jsonSyntax = DiagnosticCode(
        50, "json-syntax",
        summary: "The runtime file is not JSON.",
        why: "The file is generated; damage to its syntax means that it was edited or cut short.",
        remedy: "Run `connectorgen build` again instead of editing the file.")
    package static let runtimeWrongType = DiagnosticCode(
        51, "runtime-wrong-type",
        summary: "A member of the runtime file has a value of another type than it wants.",
        why: "The server refuses to guess what was meant and does not start.",
        remedy: "Correct the spec and run `connectorgen build` again.")
    package static let runtimeUnknownMember = DiagnosticCode(
        52, "runtime-unknown-member",
        summary: "The runtime file has a member that the server does not know.",
        why: "Ignoring it would leave a setting without effect, and nobody would notice.",
        remedy: "Use the connectorgen-auth of the release that generated the file.")
    package static let runtimeMissingMember = DiagnosticCode(
        53, "runtime-missing-member",
        summary: "The runtime file lacks a member.",
        why: "The server has no defaults of its own: what is generated is all that it does.",
        remedy: "Run `connectorgen build` again.")
    package static let runtimeBadValue = DiagnosticCode(
        54, "runtime-bad-value",
        summary: "A value of the runtime file breaks the grammar of its member.",
        why: "The server refuses to start rather than serve a value that it would have to bend.",
        remedy: "Correct the spec and run `connectorgen build` again.")
    package static let runtimeSchemaVersion = DiagnosticCode(
        55, "runtime-schema-version",
        summary: "The runtime file was generated for another version of the server.",
        why: "Members may mean something else in another version.",
        remedy: "Use connectorgen and connectorgen-auth of one release, and build again.")
    package static let runtimeInconsistent = DiagnosticCode(
        56, "runtime-inconsistent",
        summary: "Members of the runtime file contradict each other.",
        why: "The server would serve an endpoint that cannot work, or two things at one address.",
        remedy: "Correct the spec and run `connectorgen build` again.")
    package static let runtimeExposedListener = DiagnosticCode(
        57, "runtime-exposed-listener",
        summary: "The server is to listen on an address that other machines can reach.",
        why: "Without TLS in front of it, codes, passwords and tokens would cross the network in the open.",
        remedy:
            "Set `issuer.listen` and `issuer.private_listen` in the spec to 127.0.0.1, [::1] or a unix socket, where nginx "
            + "reaches them, or name the addresses of nginx in `issuer.trusted_proxies`, and build the file again.",
        securitySeverity: "7.4")

    package static let runtimeNotServed = DiagnosticCode(
        58, "runtime-not-served",
        summary: "The runtime file asks for something that this release of the server does not serve.",
        why: "The server would start, and every sign-in would end in an error.",
        remedy: "Change the spec as the message says, or use a release that serves it.")

    package static let secretVariableUnset = DiagnosticCode(
        710, "secret-variable-unset",
        summary: "The environment variable of a secret is not set, or empty.",
        why: "The server would start without the secret and fail at the first request that needs it.",
        remedy: "Set it in the environment of the service, for systemd with `EnvironmentFile=`.")
    package static let secretFileMissing = DiagnosticCode(
        711, "secret-file-missing",
        summary: "The file of a secret does not exist.",
        why: "The server would start without the secret and fail at the first request that needs it.",
        remedy: "Create it with mode 0600, owned by the user that the server runs as.")
    package static let secretFileUnreadable = DiagnosticCode(
        712, "secret-file-unreadable",
        summary: "The file of a secret cannot be read.",
        why: "The server would start without the secret and fail at the first request that needs it.",
        remedy: "Make it a file that the user of the server may read, and nobody else.")
    package static let secretFileExposed = DiagnosticCode(
        713, "secret-file-exposed",
        summary: "The file of a secret is open to others.",
        why: "Every user of the machine could read the secret.",
        remedy: "Run `chmod 600` on it.",
        securitySeverity: "5.5")
    package static let secretFileEmpty = DiagnosticCode(
        714, "secret-file-empty",
        summary: "The file of a secret is empty.",
        why: "An empty secret is one that everybody knows.",
        remedy: "Write the secret into it.",
        securitySeverity: "7.5")

    package static let usersUnreadable = DiagnosticCode(
        720, "users-unreadable",
        summary: "The lines of the local users cannot be read.",
        why: "Nobody could sign in.",
        remedy: "Make it a file of lines `name:argon2id-hash` that the user of the server may read, and nobody else.")
    package static let userLine = DiagnosticCode(
        721, "user-line",
        summary: "A line of the local users is no `name:argon2id-hash`, or its name is not one.",
        why: "A line that is passed over is a user who cannot sign in, and nobody would know why.",
        remedy:
            "Make the line with `connectorgen-auth hash-password --user NAME`; a name has 1 to 64 ASCII letters, digits "
            + "and `.` `_` `@` `+` `-`.")
    package static let userHash = DiagnosticCode(
        722, "user-hash",
        summary: "The password hash of a local user is not argon2id, or costs more than a server should spend on it.",
        why:
            "Other hashes are weak against guessing, and a hash names its own cost: each attempt to sign in would take "
            + "the memory that it says.",
        remedy: "Make a new one with `connectorgen-auth hash-password`.")
    package static let userTwice = DiagnosticCode(
        723, "user-twice",
        summary: "A local user stands in the list twice.",
        why: "A password that was replaced would go on working, or the new one would not.",
        remedy: "Keep one of the lines.")
    package static let usersEmpty = DiagnosticCode(
        724, "users-empty",
        summary: "The list of local users has no user.",
        why: "Nobody could sign in.",
        remedy: "Add a line made with `connectorgen-auth hash-password --user NAME`.")
    package static let secretWeak = DiagnosticCode(
        715, "secret-weak",
        summary: "A secret of the server's own is short, well known or repetitive.",
        why: "Whoever guesses it can make tokens, or be the client that it belongs to.",
        remedy: "Make a new one: `openssl rand -hex 32`.",
        securitySeverity: "7.5")

    /// All of them.
    package static let runtimeConfigCodes: [DiagnosticCode] = [
        .jsonSyntax, .runtimeWrongType, .runtimeUnknownMember, .runtimeMissingMember, .runtimeBadValue,
        .runtimeSchemaVersion, .runtimeInconsistent, .runtimeExposedListener, .runtimeNotServed, .secretVariableUnset,
        .secretFileMissing, .secretFileUnreadable, .secretFileExposed, .secretFileEmpty, .secretWeak,
        .usersUnreadable, .userLine, .userHash, .userTwice, .usersEmpty,
    ]
}
