import ConnectorSpec
package import Diagnostics
import ParallelWork

/// All rules, in the order of their codes.
package enum RuleRegistry {
    package static let all: [any Rule] = (phases + checked).sorted { $0.code < $1.code }

    /// Findings of the phases before the rules, documented and tested like rules.
    private static let phases: [any Rule] = PhaseRule.shape + PhaseRule.values + PhaseRule.planning

    /// Rules with a check of their own.
    private static let onSpecs: [any Rule] = [
        // Shape and values.
        DuplicateItemRule(), KeyWithoutEffectRule(), TemplateResidueRule(),
        // Issuer and URLs.
        OwnIssuerSlashRule(), ResourceWithoutPathRule(), TunnelHostRule(), KeycloakIssuerElsewhereRule(),
        UnusualPublicPortRule(), UnreachableHostRule(), Auth0IssuerSlashRule(), RootMetadataAliasRule(),
        ResourceElsewhereRule(), RootMetadataOfResourceRule(), OfflineAccessInScopesRule(), EndpointNotServedRule(),
        AdvertisedClientAmbiguousRule(), ExternalIssuesRule(), IssuerNotRoutedRule(), ExternalIssuerKeyRule(),
        IssuerClaimsHostRule(),
        // Clients, and who may come in.
        ClientIDNullRule(), DuplicateClientIDRule(), ClientSecretUnusedRule(), ClientKeysRule(),
        IntrospectionByAnybodyRule(), LoopbackRedirectAloneRule(), LegacyClientUnknownRule(), NoClientEnabledRule(),
        ProfilesKeptOutRule(), ApplicationAmongHostsRule(), TrustedHostMissingRule(), WildcardTrustedHostRule(),
        NoUsableRegistrationMethodRule(), ClientDocumentsUnusedRule(), AssertionsRefusedRule(),
        RegistrationUnsupportedRule(),
        // Routes, and what passes through them.
        AliasUnderWellKnownRule(), OriginFallbackOccupiedRule(), AliasOfNothingRule(), ExternalMetadataUnmappedRule(),
        HostHeaderRule(), UpstreamLoopRule(), SunsetPassedRule(), ShortReadTimeoutRule(), HostedClientsLimitedRule(),
        SmallMaxBodyRule(), BrowserOriginMissingRule(), CORSWithoutOriginsRule(), HostNotServedRule(),
        ServerNameUnusedRule(), ReplicasDifferRule(), SessionsScatteredRule(), ResolverTooOldRule(),
        NameLookedUpOnceRule(), CallersUnknownRule(), MessagePathMissingRule(),
        // Env files.
        VariableReplacedRule(), DuplicateOutputFileRule(), SecretInSpecRule(), AuthenticationSwitchedOffRule(),
        EmptyVariableRule(), IssuerVariableElsewhereRule(), CommentInVariableRule(), PM2KeyUnusedRule(),
        // The server, and Keycloak.
        CapabilityRule(), EdgeVerificationMissingRule(), ForeignAudienceRule(), AdmissionByClaimsRule(),
        AdmissionOfNobodyRule(), VerificationBoundsRule(), IdentityHeaderTwiceRule(), VolatileStoreRule(),
        ListenAddressesEqualRule(), ListenerExposedRule(), ListenerUnreachableRule(), EverybodyTrustedRule(),
        LoginOpenToEverybodyRule(), LoginWithoutOpenIDRule(), LoginParameterTakenRule(), LoginUserAPIRule(),
        LoginProviderRefusesRule(), LoginSharedTenantRule(), LoginEmailSubjectRule(),
        KeycloakMasterRealmRule(),
        KeycloakScopeColonRule(), KeycloakTemporaryScopeRule(), KeycloakTrustedHostsMissingRule(),
        KeycloakScopeNotAskedForRule(), KeycloakAudienceSharedRule(), KeycloakVersionInsecureRule(),
        KeycloakVersionUnmeasuredRule(), KeycloakMetadataAppendedRule(), KeycloakDocumentUnreadableRule(),
    ]

    /// Rules that hold observed files against the plan.
    private static let onObserved: [any Rule] = [
        VhostSyntaxRule(), VhostHostMissingRule(), VhostIncludeMissingRule(), VhostLocationDuplicateRule(),
        VhostAnswersFirstRule(),
        RealmFileUnreadableRule(), RealmFileElsewhereRule(), RealmFilePartialRule(),
        RealmObjectMissingRule(), RealmObjectChangedRule(), RealmObjectExtraRule(), RealmObjectForeignRule(),
        RealmObjectStaleRule(), RealmListIncompleteRule(), RealmScopeNotOfferedRule(), RealmClientWithoutScopeRule(),
        RealmRegistrationOpenRule(), RealmClientsFullRule(), RealmRecordDiffersRule(), RealmServerDiffersRule(),
    ]

    /// Rules on what sets variables, by itself and beside the plan.
    private static let onDeployed: [any Rule] =
        [
            DeployedFileUnreadableRule(), DeployedSourceUnseenRule(), DeployedVariableMissingRule(),
            DeployedVariableEmptyRule(), DeployedVariableDifferentRule(), DeployedVariableDeadRule(),
            DeployedVariableShadowedRule(), DeployedAliasWinsRule(), DeployedModeByPresenceRule(),
            DeployedReadDifferentlyRule(), DeployedSecretMissingRule(), DeployedSecretLiteralRule(),
            DeployedProcessStaleRule(), DeployedFilesContradictRule(), DeployedVariableUnsetRule(),
            DeployedPlaceholderRule(), UpstreamPortPublishedRule(), StoreOfReplicasRule(), PasswordGrantAllowedRule(),
            DeployedReferenceLiteralRule(), DeployedValueRefusedRule(), DeployedProtectionOffRule(),
        ] + EnvReadingRule.all

    private static let checked = onSpecs + onObserved + onDeployed

    private static let byNumber = Dictionary(all.map { ($0.code.number, $0) }) { first, _ in first }

    /// The codes of all rules.
    package static var codes: [DiagnosticCode] { all.map(\.code) }

    package static func rule(of code: DiagnosticCode) -> (any Rule)? { byNumber[code.number] }

    /// A rule by its code (`CG301`, also `301` or `cg301`) or its name (`client-id-null`).
    package static func rule(named name: String) -> (any Rule)? { all.first { isName(name, of: $0.code) } }

    /// True for a finding about a file that is deployed, with which the spec itself compiles.
    package static func isObserved(_ code: DiagnosticCode) -> Bool { rule(of: code) is any ObservedRule }

    static func isName(_ name: String, of code: DiagnosticCode) -> Bool {
        name == code.name || name.uppercased() == code.description || "CG\(name)" == code.description
    }

    /// What the rules find whose parts of the spec could all be read.
    static func findings(in context: RuleContext) -> [Diagnostic] {
        let isLarge = context.draft.connectors.count >= Spec.manyConnectors
        return checked.filter { $0.reads.isDisjoint(with: context.draft.faultyParts) }
            .mapInParallel(when: isLarge) { $0.check(context) }.flatMap(\.self)
    }
}
