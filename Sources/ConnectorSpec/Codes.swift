package import Diagnostics

// What reading a spec can find: its shape (1xx), the values of issuers, URLs and hosts (2xx), and the
// few findings of later ranges that a value's own grammar already settles. Three of them (111, 503, 601) are those of
// rules too, which find what a value may be and mostly is not.
extension DiagnosticCode {
    package static let unsupportedSpecVersion = DiagnosticCode(
        100, "unsupported-spec-version",
        summary: "`version` is a version of the language that this program does not know.",
        why: "What a later version means by a key cannot be guessed.",
        remedy: "Write `version: 1`, or use the release of connectorgen that knows the version.")
    package static let unknownKey = DiagnosticCode(
        101, "unknown-key",
        summary: "A key is not one of those that its section has.",
        why: "A misspelt key would leave its default in force without a word.",
        remedy: "Correct the spelling; the message lists the keys that are allowed there.")
    package static let missingKey = DiagnosticCode(
        102, "missing-key",
        summary: "A required key is not there.",
        why: "Nothing could stand for it without guessing.",
        remedy: "Add the key; the message shows an example.")
    package static let wrongKind = DiagnosticCode(
        103, "wrong-kind",
        summary: "A value is of another kind than its key wants: a list, a mapping, a quoted boolean.",
        why: "Reading one kind as another is how `no` becomes a country and a list one long name.",
        remedy: "Write the kind that the message asks for.")
    package static let nullValue = DiagnosticCode(
        104, "null-value",
        summary: "A value is null.",
        why: "Null is what stands where a value got lost; nothing is generated from it.",
        remedy: "Write the value, or remove the key where it may be left out.")
    package static let emptyValue = DiagnosticCode(
        105, "empty-value",
        summary: "A value is an empty text.",
        why: "Empty is what stands where a variable was never set; nothing is generated from it.",
        remedy: "Write the value, or remove the key where it may be left out.")
    package static let invalidValue = DiagnosticCode(
        106, "invalid-value",
        summary: "A value breaks the grammar of its type.",
        why: "Every value goes on to nginx, shells, env files and JSON, where a stray character is syntax.",
        remedy: "Write what the message expects.")
    package static let unknownName = DiagnosticCode(
        107, "unknown-name",
        summary: "A name is none of those that exist: a mode, a dialect, a profile, a preset.",
        why: "There is nothing that the name could mean.",
        remedy: "Take one of the names that the message lists.")
    package static let unknownEnvironment = DiagnosticCode(
        108, "unknown-environment",
        summary: "`--environment` names an environment that the spec does not have.",
        why: "Compiling the spec without the overlay would deploy the values of another environment.",
        remedy: "Correct the name, or add it under `environments`.")
    package static let keyCombination = DiagnosticCode(
        109, "key-combination",
        summary: "Keys that exclude each other stand together, or none of them is there.",
        why: "Which of them holds would be a guess.",
        remedy: "Keep exactly one.")
    package static let templateResidue = DiagnosticCode(
        111, "template-residue",
        summary: "A value is a placeholder that was never filled in.",
        why:
            "`{{host}}`, `${HOST}`, `YOUR_CLIENT_ID` and `change-me` are what a half-run template, or an example that was "
            + "copied, leaves behind.",
        remedy: "Write the value.")
    package static let brokenCatalogue = DiagnosticCode(
        190, "broken-catalogue",
        summary: "A list that is built into the program cannot be read.",
        why: "The program itself is damaged or was built wrongly; no spec can be judged with it.",
        remedy: "Install connectorgen again.")

    package static let notHTTPS = DiagnosticCode(
        202, "not-https",
        summary: "A public URL uses http, or another scheme than https.",
        why:
            "Clients refuse issuers and endpoints without https, and codes and tokens would travel in the "
            + "open. Such a URL often comes from a server behind a TLS terminator that builds it from its own "
            + "view.",
        remedy: "Write https. Plain http is allowed on 127.0.0.1, localhost and [::1] only.",
        securitySeverity: "7.4")
    package static let metadataURLAsIssuer = DiagnosticCode(
        204, "metadata-url-as-issuer",
        summary: "The URL of a metadata document stands where an issuer identifier belongs.",
        why:
            "Clients derive the document's URL from the issuer. Given the document itself they find nothing, "
            + "and silently call /authorize, /token and /register at the origin instead.",
        remedy: "Write the issuer identifier that the document has in its member `issuer`.")
    package static let trailingSlash = DiagnosticCode(
        205, "trailing-slash",
        summary: "A URL or a path ends in a slash.",
        why: "Resources and paths are compared byte by byte; with and without the slash they are two.",
        remedy: "Remove the slash. Only an external issuer keeps the slash that its provider has.")
    package static let urlNotCanonical = DiagnosticCode(
        206, "url-not-canonical",
        summary: "A URL has a part that two readers could understand differently.",
        why:
            "Upper case, default ports, userinfo, queries, fragments, percent-encoding and dot segments are "
            + "changed by some readers and kept by others, and the strings no longer match.",
        remedy: "Write `https://host/path` and nothing else.")
    package static let invalidHost = DiagnosticCode(
        207, "invalid-host",
        summary: "A host name is none, or has a scheme, a port or upper-case letters.",
        why:
            "Host lists are compared with plain lower-case host names; an entry of another form never "
            + "matches, and the client is refused although it seems to be listed.",
        remedy: "Write the bare lower-case host name.")

    package static let wildcardTrustedHost = DiagnosticCode(
        503, "wildcard-trusted-host", .warning,
        summary: "A trusted host is a pattern: a warning for `*.domain`, an error for a wider one.",
        why:
            "Whoever can bring a page to one of the covered hosts may register a client and receive "
            + "authorization codes. Domains where customers get hosts of their own make that anybody.",
        remedy: "List the hosts one by one.",
        securitySeverity: "6.5")
    package static let secretInSpec = DiagnosticCode(
        601, "secret-in-spec",
        summary: "A secret is written into the spec.",
        why: "The spec is read, copied, committed and quoted in reports; a secret in it is none any more.",
        remedy:
            "Replace the secret where it was issued, and refer to the new one as `{ env: NAME }` or `{ file: "
            + "PATH }`.",
        securitySeverity: "7.5")
    package static let reservedEnvironmentName = DiagnosticCode(
        604, "reserved-environment-name",
        summary: "A variable has a name by which the process itself changes its behaviour.",
        why:
            "`PATH`, `LD_PRELOAD`, `NODE_OPTIONS` and their like are read by the loader, the shell or the "
            + "runtime before the service sees them.",
        remedy: "Choose a name that only the service reads.")

    /// All of them.
    package static let connectorSpecCodes: [DiagnosticCode] = [
        .unsupportedSpecVersion, .unknownKey, .missingKey, .wrongKind, .nullValue, .emptyValue, .invalidValue,
        .unknownName, .unknownEnvironment, .keyCombination, .templateResidue, .brokenCatalogue, .notHTTPS,
        .metadataURLAsIssuer, .trailingSlash, .urlNotCanonical, .invalidHost, .wildcardTrustedHost, .secretInSpec,
        .reservedEnvironmentName,
    ]
}
