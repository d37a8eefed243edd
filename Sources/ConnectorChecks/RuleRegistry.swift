import Diagnostics

/// All rules, in the order of their codes.
package enum RuleRegistry {
    package static let all: [any Rule] = (ReadingRule.shape + ReadingRule.values + onSpecs).sorted {
        $0.code < $1.code
    }

    /// Rules with a check of their own; the others are settled while the spec is read.
    private static let onSpecs: [any Rule] = [
        OwnIssuerSlashRule(), ResourceWithoutPathRule(), TunnelHostRule(), KeycloakIssuerElsewhereRule(),
        UnusualPublicPortRule(),
        RootMetadataAliasRule(),
        ClientIDNullRule(), DuplicateClientIDRule(), ClientSecretUnusedRule(), ClientKeysRule(),
        IntrospectionByAnybodyRule(), LoopbackRedirectAloneRule(), NoClientEnabledRule(), ProfilesKeptOutRule(),
        ApplicationAmongHostsRule(), AliasUnderWellKnownRule(), HostHeaderRule(), TrustedHostMissingRule(),
        WildcardTrustedHostRule(), DuplicateOutputFileRule(), SecretInSpecRule(), AuthenticationSwitchedOffRule(),
        VolatileStoreRule(), KeycloakMasterRealmRule(),
    ]

    /// A rule by its code (`CG301`, also `301` or `cg301`) or its name (`client-id-null`).
    package static func rule(named name: String) -> (any Rule)? {
        all.first { rule in
            let code = rule.code.description
            return name == rule.code.name || name.uppercased() == code || "CG\(name)" == code
        }
    }

    /// Codes and names, for did-you-mean and completion.
    package static var names: [String] { all.flatMap { [$0.code.description, $0.code.name] } }

    static func findings(in context: RuleContext) -> [Diagnostic] {
        onSpecs.flatMap { $0.check(context) }
    }
}
