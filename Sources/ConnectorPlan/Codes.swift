package import Diagnostics

// What planning can find: URLs that do not fit together (250 to 299), routes that answer the same URL
// (400 to 449), and lanes or hosts by which nobody can come in (500 to 519).
extension DiagnosticCode {
    package static let resourceElsewhere = DiagnosticCode(
        250, "resource-elsewhere",
        summary: "A connector's `resource` does not cover its `public_url`.",
        why: "Clients refuse metadata whose resource is not the URL that they connect to.",
        remedy: "Remove `resource`, or write the connector's URL or a parent of it.")
    package static let rootMetadataShared = DiagnosticCode(
        251, "root-metadata-shared",
        summary: "`root_prm` is on for a connector whose host has several connectors.",
        why: "The document at the root can speak of one resource only; clients of the others would be sent astray.",
        remedy: "Set `root_prm: off`.")
    package static let rootMetadataOfResource = DiagnosticCode(
        252, "root-metadata-of-resource", .warning,
        summary: "`root_prm: resource` serves a document under a URL that stands for another resource.",
        why: "RFC 9728 §3.3 has clients refuse a document whose resource is not what its URL implies.",
        remedy: "Set `root_prm` to another value, unless a client that you have to serve needs it.")
    package static let hostAddressedTwice = DiagnosticCode(
        253, "host-addressed-twice",
        summary: "A host is addressed with two schemes or two ports.",
        why: "One host file can answer one of them only.",
        remedy: "Use one scheme and one port for all URLs of a host.")
    package static let offlineAccessInScopes = DiagnosticCode(
        254, "offline-access-in-scopes", .warning,
        summary: "A connector's `scopes` name `offline_access`.",
        why: "It is a scope of the authorization server, not of a resource; clients ask for it by themselves.",
        remedy: "Remove it.")
    package static let endpointNotServed = DiagnosticCode(
        255, "endpoint-not-served", .warning,
        summary: "`issuer.endpoints` names an endpoint that is not served.",
        why: "The path leads nowhere and is not advertised.",
        remedy: "Remove it, or switch on what it belongs to.")
    package static let advertisedClientAmbiguous = DiagnosticCode(
        256, "advertised-client-ambiguous", .note,
        summary: "Connectors have different client ids.",
        why: "One metadata document has one place for a client id, so it advertises none of them.",
        remedy: "Nothing, unless a client reads its id from there: then give the connectors an issuer each.")
    package static let companionIssues = DiagnosticCode(
        257, "companion-issues-nothing",
        summary: "A key of a server that issues tokens stands in mode `companion`.",
        why: "In this mode another issuer issues the tokens, so the key has no effect.",
        remedy: "Remove it, or let connectorgen-auth issue with `issuer.mode: upstream` or `local`.")
    package static let loginMissing = DiagnosticCode(
        258, "login-missing",
        summary: "The issuer's mode needs to know how people sign in, and the spec does not say.",
        why: "The server could not tell who somebody is, and would have nobody to issue a token to.",
        remedy: "Add `issuer.login` in mode `upstream`, `issuer.users` in mode `local`.")
    package static let keycloakScopeShared = DiagnosticCode(
        259, "keycloak-scope-shared",
        summary: "Two connectors have a scope in common on one Keycloak.",
        why: "The scope carries the audience, so a token for the one would be good for the other.",
        remedy: "Give each connector scopes of its own.")
    package static let keycloakOwnName = DiagnosticCode(
        270, "keycloak-own-name",
        summary: "A connector's scope, or a client, has the name of one of Keycloak's own.",
        why:
            "The scope carries the audience: in `profile` or `openid`, which every client of the realm gets or asks "
            + "for, it would open the connector to the tokens of all of them. A redirect of ours in a client such as "
            + "`security-admin-console` would be a way to an administrator's tokens.",
        remedy: "Choose another name, such as `mcp.tools`.")
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
    package static let pm2KeyUnused = DiagnosticCode(
        291, "pm2-key-unused", .warning,
        summary: "A key for PM2 stands at an env file of another dialect.",
        why: "It has no effect there.",
        remedy: "Remove it, or write `dialect: pm2`.")
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
    package static let originFallbackOccupied = DiagnosticCode(
        411, "origin-fallback-occupied", .warning,
        summary: "A path at the origin that clients fall back to is taken by something else.",
        why: "Clients that drop the issuer's path when they look for endpoints reach the wrong thing.",
        remedy: "Move what takes the path, or issue from a host of its own.")
    package static let aliasOfNothing = DiagnosticCode(
        412, "alias-of-nothing",
        summary: "`legacy_aliases` stand in a mode in which another issuer has the endpoints.",
        why: "There is nothing here that they could lead to.",
        remedy: "Remove them, or issue with `issuer.mode: upstream` or `local`.")
    package static let externalMetadataUnmapped = DiagnosticCode(
        413, "external-metadata-unmapped", .warning,
        summary: "A metadata document that clients ask for cannot be led to Keycloak.",
        why: "Keycloak's own address is not known, and leading to the public one would be a loop.",
        remedy: "Set `targets.keycloak.server` to an address behind nginx, or route the document yourself.")

    package static let laneContradiction = DiagnosticCode(
        505, "lane-contradiction",
        summary: "`issuer.registration` and `issuer.dcr` contradict each other.",
        why: "One offers dynamic registration and the other does not; which one holds would be a guess.",
        remedy: "Change one of the two, as the message says.")
    package static let noUsableLane = DiagnosticCode(
        506, "no-usable-lane",
        summary: "A client has no way to become known to the issuer.",
        why: "It could not begin to sign in.",
        remedy: "Offer one of the lanes that the client can use, or give it an id.")
    package static let staticClientMissing = DiagnosticCode(
        508, "static-client-missing",
        summary: "`issuer.dcr` is `static-client` and there is no client that could answer every registration.",
        why:
            "Every registration gets the same client, so that it can have no secret, and it has to do for all connectors: a "
            + "registration does not say which one it is for. Otherwise registrations fail, or their tokens do.",
        remedy:
            "Set the same `client_id` on all connectors, or add a client with an id of its own and without a secret to "
            + "`clients`; or use `issuer.dcr: dynamic`.")
    package static let clientDocumentsUnused = DiagnosticCode(
        512, "client-documents-unused", .warning,
        summary: "`issuer.client_documents` is written and the lane `cimd` is not offered.",
        why: "No document is fetched, so a policy for documents restricts nobody.",
        remedy: "Add `cimd` to `issuer.registration`, or remove `issuer.client_documents`.")
    package static let assertionsRefused = DiagnosticCode(
        513, "assertions-refused",
        summary: "A client is to sign who it is, and the issuer refuses signatures.",
        why: "The client could not authenticate at all.",
        remedy: "Write `issuer.client_documents.assertions: accepted`, or give the client a secret.")
    package static let hostNotServed = DiagnosticCode(
        510, "host-not-served",
        summary: "A URL is on a host that `targets.nginx.server_names` does not list.",
        why: "Nothing would answer it.",
        remedy: "Add the host to the list.")
    package static let serverNameUnused = DiagnosticCode(
        511, "server-name-unused", .warning,
        summary: "`targets.nginx.server_names` lists a host that no URL is on.",
        why: "It gets no file, so nothing is served there.",
        remedy: "Remove it, or give a connector a URL on it.")

    /// All of them.
    package static let connectorPlanCodes: [DiagnosticCode] = [
        .resourceElsewhere, .rootMetadataShared, .rootMetadataOfResource, .hostAddressedTwice, .offlineAccessInScopes,
        .endpointNotServed, .advertisedClientAmbiguous, .companionIssues, .loginMissing, .keycloakScopeShared,
        .keycloakOwnName, .keycloakRedirectUnrepresentable,
        .lifetimesCross, .serverKeyMissing, .unknownScope, .serviceTokenTwice, .clientDocumentsUnused,
        .assertionsRefused,
        .unknownPlanKey, .planKeyWithoutValue, .connectorUnnamed, .pm2FileUnstartable, .pm2KeyUnused, .unknownConnector,
        .routeCollision,
        .originFallbackOccupied, .aliasOfNothing, .externalMetadataUnmapped, .laneContradiction, .noUsableLane,
        .staticClientMissing, .hostNotServed, .serverNameUnused,
    ]
}
