import ConnectorSpec
import Diagnostics

extension ReadingRule {
    /// Rules on the shape of a spec.
    static let shape: [ReadingRule] = [
        ReadingRule(
            .unsupportedSpecVersion, "`version` is a version of the language that this program does not know.",
            why: "What a later version means by a key cannot be guessed.",
            remedy: "Write `version: 1`, or use the release of connectorgen that knows the version.",
            failing: [RuleExample(whole: "version: ↓2\nname: demo\n")]),
        ReadingRule(
            .unknownKey, "A key is not one of those that its section has.",
            why: "A misspelt key would leave its default in force without a word.",
            remedy: "Correct the spelling; the message lists the keys that are allowed there.",
            failing: [
                RuleExample(connector: "↓publc_url: https://mcp.example.com/mcp"),
                RuleExample(top: "environments: { staging: { ↓isuer: {} } }"),
            ]),
        ReadingRule(
            .missingKey, "A required key is not there.", why: "Nothing could stand for it without guessing.",
            remedy: "Add the key; the message shows an example.",
            failing: [
                RuleExample(
                    whole: "version: 1\nname: demo\nissuer: { url: https://mcp.example.com/mcp, mode: companion }\n"
                        + "connectors:\n  ↓mcp: { public_url: https://mcp.example.com/mcp }\n")
            ]),
        ReadingRule(
            .wrongKind, "A value is of another kind than its key wants: a list, a mapping, a quoted boolean.",
            why: "Reading one kind as another is how `no` becomes a country and a list one long name.",
            remedy: "Write the kind that the message asks for.",
            failing: [
                RuleExample(connector: "scopes: ↓mcp.tools"), RuleExample(issuer: "openid: ↓\"true\""),
                RuleExample(issuer: "openid: ↓yes"), RuleExample(connector: "upstream: ↓{ host: 127.0.0.1 }"),
            ],
            passing: [RuleExample(issuer: "openid: true", connector: "scopes: [mcp.tools]")]),
        ReadingRule(
            .nullValue, "A value is null.",
            why: "Null is what stands where a value got lost; nothing is generated from it.",
            remedy: "Write the value, or remove the key where it may be left out.",
            failing: [
                RuleExample(connector: "upstream: ↓~"), RuleExample(issuer: "url: ↓null"),
                RuleExample(connector: "scopes: [↓null]"),
            ], references: ["M#70"]),
        ReadingRule(
            .emptyValue, "A value is an empty text.",
            why: "Empty is what stands where a variable was never set; nothing is generated from it.",
            remedy: "Write the value, or remove the key where it may be left out.",
            failing: [RuleExample(connector: "upstream: ↓\"\""), RuleExample(issuer: "url: ↓''")]),
        ReadingRule(
            .invalidValue, "A value breaks the grammar of its type.",
            why: "Every value goes on to nginx, shells, env files and JSON, where a stray character is syntax.",
            remedy: "Write what the message expects.",
            failing: [
                RuleExample(connector: "aliases: [↓mcp2]"), RuleExample(connector: "rate_limit: ↓many"),
                RuleExample(
                    connector: "legacy_aliases: [{ path: /api/connector/oauth, sunset: ↓31.03.2027 }]"),
            ],
            passing: [
                RuleExample(connector: "aliases: [/mcp2]\nrate_limit: 10/s burst 20")
            ]),
        ReadingRule(
            .unknownName, "A name is none of those that exist: a mode, a dialect, a profile, a vocabulary.",
            why: "There is nothing that the name could mean.",
            remedy: "Take one of the names that the message lists.",
            failing: [
                RuleExample(issuer: "mode: ↓upsteam"), RuleExample(top: "clients: [↓chatgtp]"),
                RuleExample(
                    top: "targets:\n  env:\n    - { file: a.env, dialect: node, vocabulary: ↓dextre }"),
            ],
            passing: [RuleExample(top: "clients: [chatgpt]")]),
        ReadingRule(
            .keyCombination, "Keys that exclude each other stand together, or none of them is there.",
            why: "Which of them holds would be a guess.", remedy: "Keep exactly one.",
            failing: [
                RuleExample(
                    issuer: "store: { sqlite: /var/lib/connectorgen/auth.db, ↓postgres: { env: DATABASE_URL } }"),
                RuleExample(top: "clients: [↓{ label: nobody }]"),
            ]),
        ReadingRule(
            .malformedSuppression, "A comment that is to allow a finding has no reason, or names no rule.",
            why: "An exception without a reason is one that nobody dares to remove.",
            remedy: "Write `# connectorgen: allow CG503 -- reason` on the line, or on the line before it.",
            failing: [
                RuleExample(top: "↓# connectorgen: allow CG503\ntrusted_hosts: [chatgpt.com]"),
                RuleExample(top: "trusted_hosts: [chatgpt.com] ↓# connectorgen: allow CG5033 -- ours"),
                RuleExample(top: "↓# connectorgen: allow CG101 -- a key of our own\ntrusted_hosts: [chatgpt.com]"),
            ],
            passing: [
                RuleExample(
                    top: "# connectorgen: allow CG503 -- the domain is ours alone\ntrusted_hosts: [\"*.example.org\"]")
            ]),
        ReadingRule(
            .unusedSuppression, "A comment allows a finding that is not there.", severity: .warning,
            why: "It would hide the next finding of that rule, which nobody has looked at.",
            remedy: "Remove the comment.",
            failing: [RuleExample(top: "↓# connectorgen: allow CG503 -- ours\ntrusted_hosts: [chatgpt.com]")],
            passing: [
                RuleExample(
                    top: "trusted_hosts: [\"*.example.org\"] # connectorgen: allow wildcard-trusted-host -- ours alone")
            ]),
        ReadingRule(
            .templateResidue, "A value is a placeholder that was never filled in.",
            why: "`{{host}}`, `${HOST}`, `<HOST>` and `change-me` are what a half-run template leaves behind.",
            remedy: "Write the value.",
            failing: [
                RuleExample(connector: "public_url: ↓\"https://{{host}}/mcp\""),
                RuleExample(connector: "client_id: ↓change-me"),
            ]),
    ]
}
