package import Diagnostics

// What makes planning impossible: values that exclude each other, or mean nothing in this deployment. All of them are
// errors; whatever can be planned and is no good is found by a rule of `ConnectorChecks`.
extension DiagnosticCode {
    package static let rootMetadataShared = DiagnosticCode(
        251, "root-metadata-shared",
        summary: "`root_prm` is on for a connector whose host has several connectors.",
        why: "The document at the root can speak of one resource only; clients of the others would be sent astray.",
        remedy: "Set `root_prm: off`.")
    package static let hostAddressedTwice = DiagnosticCode(
        253, "host-addressed-twice",
        summary: "A host is addressed with two schemes or two ports.",
        why: "One host file can answer one of them only.",
        remedy: "Use one scheme and one port for all URLs of a host.")
    package static let loginMissing = DiagnosticCode(
        258, "login-missing",
        summary: "The issuer's mode needs to know how people sign in, and the spec does not say.",
        why: "The server could not tell who somebody is, and would have nobody to issue a token to.",
        remedy: "Add `issuer.login` in mode `upstream`, `issuer.users` in mode `local`.")
    package static let keycloakScopeShared = DiagnosticCode(
        259, "keycloak-scope-shared",
        summary: "Two connectors have a scope in common on one Keycloak.",
        why: "The scope carries the audience, so a token for the one would be good for the other.",
        remedy: "Give each connector scopes of its own.",
        securitySeverity: "6.5")
    package static let keycloakOwnName = DiagnosticCode(
        270, "keycloak-own-name",
        summary: "A connector's scope, or a client, has the name of one of Keycloak's own.",
        why:
            "The scope carries the audience: in `profile` or `openid`, which every client of the realm gets or asks "
            + "for, it would open the connector to the tokens of all of them. A redirect of ours in a client such as "
            + "`security-admin-console` would be a way to an administrator's tokens.",
        remedy: "Choose another name, such as `mcp.tools`.",
        securitySeverity: "8.1")
    package static let keycloakRedirectUnrepresentable = DiagnosticCode(
        271, "keycloak-redirect-unrepresentable",
        summary: "Keycloak has no way to write a redirect of a client.",
        why:
            "A client of Keycloak has literal redirect URIs and prefixes that end in `/*`. Anything else is refused by "
            + "the server, or admits more than was meant.",
        remedy: "Give the client `redirect_uris` that are literal.")
    package static let lifetimesCross = DiagnosticCode(
        260, "lifetimes-cross",
        summary: "A token is to last longer than the grant that it belongs to.",
        why: "The token ends with its grant, so the lifetime that is written never comes true.",
        remedy: "Shorten the lifetime, or lengthen `issuer.tokens.grant_lifetime`.")
    package static let serverKeyMissing = DiagnosticCode(
        261, "server-key-missing",
        summary: "The store is shared by several nodes and `issuer.key` is missing.",
        why: "Each node would make a key of its own, and none could read what another one wrote.",
        remedy: "Add `issuer.key` with a reference to at least 32 random bytes that all nodes have.")
    package static let unknownScope = DiagnosticCode(
        262, "unknown-scope",
        summary: "A client or a service token has a scope that no connector has.",
        why: "Nothing asks for the scope, so it would give nothing, while the one that was meant is missing.",
        remedy: "Correct the scope, or add it to the connector's `scopes`.")
    package static let serviceTokenTwice = DiagnosticCode(
        263, "service-token-twice",
        summary: "Two service tokens have the same label or the same value.",
        why:
            "Logs name a service token by its label, and the server knows it by its value; neither could tell the two apart.",
        remedy: "Give each a label and a value of its own.")
    package static let unknownPlanKey = DiagnosticCode(
        280, "unknown-plan-key",
        summary: "A variable asks for a key that the plan does not have.",
        why: "There is no value that could be written.",
        remedy: "Take one of the keys that the message lists.")
    package static let planKeyWithoutValue = DiagnosticCode(
        281, "plan-key-without-value",
        summary: "A variable asks for a key that has no value in this deployment.",
        why: "An empty variable is how a service comes to run without its setting.",
        remedy: "Write the value in the spec, or leave the variable out.")
    package static let connectorUnnamed = DiagnosticCode(
        282, "connector-unnamed",
        summary: "A variable asks for a key of a connector, and the env file does not say of which.",
        why: "With several connectors, which one is meant would be a guess.",
        remedy: "Add `connector: NAME` to the env target.")
    package static let pm2FileUnstartable = DiagnosticCode(
        290, "pm2-file-unstartable",
        summary: "PM2 cannot start a file of `targets.env`.",
        why: "PM2 needs to know the script, and takes a file for a configuration by its ending alone.",
        remedy: "Write `script` beside `dialect: pm2`, and give the file a name that ends in `.json`.")
    package static let unknownConnector = DiagnosticCode(
        284, "unknown-connector",
        summary: "An env target names a connector that does not exist.",
        why: "Its variables would have no values.",
        remedy: "Correct the name.")

    package static let routeCollision = DiagnosticCode(
        410, "route-collision",
        summary: "Two things are to answer the same URL.",
        why: "nginx would refuse the file, or one of the two would never be reached.",
        remedy: "Give one of them another path.")

    package static let registrationContradiction = DiagnosticCode(
        505, "registration-contradiction",
        summary: "`issuer.registration` and `issuer.dcr` contradict each other.",
        why: "One offers dynamic registration and the other does not; which one holds would be a guess.",
        remedy: "Change one of the two, as the message says.")
    package static let staticClientMissing = DiagnosticCode(
        508, "static-client-missing",
        summary: "`issuer.dcr` is `static-client` and there is no client that could answer every registration.",
        why:
            "Every registration gets the same client, so that it can have no secret, and it has to do for all connectors: a "
            + "registration does not say which one it is for. Otherwise registrations fail, or their tokens do.",
        remedy:
            "Set the same `client_id` on all connectors, or add a client with an id of its own and without a secret to "
            + "`clients`; or use `issuer.dcr: dynamic`.")

    /// All of them.
    package static let connectorPlanCodes: [DiagnosticCode] = [
        .rootMetadataShared, .hostAddressedTwice, .loginMissing, .keycloakScopeShared, .keycloakOwnName,
        .keycloakRedirectUnrepresentable, .lifetimesCross, .serverKeyMissing, .unknownScope, .serviceTokenTwice,
        .unknownPlanKey, .planKeyWithoutValue, .connectorUnnamed, .pm2FileUnstartable, .unknownConnector,
        .routeCollision, .registrationContradiction, .staticClientMissing,
    ]
}
