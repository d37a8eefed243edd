package import Diagnostics

/// What rules find; the numbers of a range follow the areas of ``DiagnosticCode``.
extension DiagnosticCode {
    package static let malformedSuppression = DiagnosticCode(
        120, "malformed-suppression",
        summary: "A comment that is to allow a finding has no reason, or names no rule.",
        why: "An exception without a reason is one that nobody dares to remove.",
        remedy: "Write `# connectorgen: allow CG503 -- reason` on the line, or on the line before it.")
    package static let unusedSuppression = DiagnosticCode(
        121, "unused-suppression", .warning,
        summary: "A comment allows a finding that is not there.",
        why: "It would hide the next finding of that rule, which nobody has looked at.",
        remedy: "Remove the comment.")

    package static let ownIssuerSlash = DiagnosticCode(
        208, "own-issuer-slash",
        summary: "The issuer of the bundled server ends in a slash.",
        why:
            "Clients compare issuers byte by byte, and frameworks add or drop that slash on their own. Some "
            + "clients then sign in and others stop at \"issuer mismatch\". Only a provider's own slash has to "
            + "be kept.",
        remedy: "Remove the slash.")
    package static let resourceWithoutPath = DiagnosticCode(
        209, "resource-without-path", .warning,
        summary: "A resource is a bare origin, without a path.",
        why:
            "URL classes write `https://host` as `https://host/`, so that some clients ask for a token for "
            + "another string than the metadata names, and the server answers `invalid_target` or finds no "
            + "audience.",
        remedy: "Give the resource a path such as `/mcp`.")
    package static let tunnelHost = DiagnosticCode(
        210, "tunnel-host", .warning,
        summary: "An issuer or a connector is on a developer's tunnel.",
        why:
            "Clients bind their registration to the issuer. When the tunnel goes, or gets another name, all "
            + "of them have to be removed and added again, and callbacks go to whoever gets the name next.",
        remedy: "Use a host of your own, and a tunnel only in an environment of its own.")
    package static let keycloakIssuerElsewhere = DiagnosticCode(
        211, "keycloak-issuer-elsewhere",
        summary: "In mode `companion` the issuer is not the realm that `targets.keycloak` configures.",
        why:
            "The scripts would give audience scopes and trusted hosts to one realm, and clients would sign in "
            + "at another: tokens carry the wrong `iss` or no audience.",
        remedy: "The issuer of a realm is `SERVER/realms/REALM`, byte for byte; make the two agree.")
    package static let unusualPublicPort = DiagnosticCode(
        212, "unusual-public-port", .warning,
        summary: "A public URL has a port other than 443, and a hosted client is to reach it.",
        why:
            "Hosted clients connect from their vendor's network. claude.ai is known to authorise at such a URL, and then "
            + "to fail at the token exchange, which its servers make themselves.",
        remedy: "Serve the host on port 443, and leave the port out of the URL.")
    package static let rootMetadataAlias = DiagnosticCode(
        215, "root-metadata-alias", .warning,
        summary: "`issuer.root_metadata: alias` on an issuer that has a path.",
        why:
            "The document at the host's root then names an issuer that is not the root. The MCP Python SDK, 1.30 and "
            + "2.3, compares the two when it finds no resource metadata and stops at \"issuer mismatch\"; without the "
            + "document 1.30 gets in by the endpoints of the origin.",
        remedy: "Leave it off, which is the default, unless a client that you know looks nowhere else.")

    package static let clientIDNull = DiagnosticCode(
        301, "client-id-null",
        summary: "A connector's `client_id` is null, empty, or missing where a lane needs it.",
        why:
            "The metadata then says `\"mcp.client_id\": null`, and clients that ask for it answer \"Failed to "
            + "resolve OAuth client\". The value usually got lost on its way: an alias to an empty anchor, an "
            + "overlay, a variable that was never set.",
        remedy:
            "Write the identifier of the client that the connector advertises, or remove the key when clients "
            + "register themselves.")
    package static let duplicateClientID = DiagnosticCode(
        305, "duplicate-client-id",
        summary: "Two entries of `clients` have the same id, or name the same profile.",
        why: "Which of the two statuses, secrets and redirect lists holds would depend on the order of the file.",
        remedy: "Join the two entries, or give the second client an id of its own.")
    package static let clientSecretUnused = DiagnosticCode(
        306, "client-secret-unused",
        summary: "A client has a secret and authenticates without one, or the reverse.",
        why:
            "The token endpoint would either never ask for the secret, so that whoever knows the id may come, "
            + "or ask for one that nobody has, and answer 401 to every exchange.",
        remedy:
            "Set `auth_method` to `client_secret_post` or `client_secret_basic` beside the secret, or remove "
            + "the secret of a public client.")
    package static let clientKeysUnused = DiagnosticCode(
        307, "client-keys-unused",
        summary: "A client signs who it is and has no keys, or has keys and does not sign.",
        why:
            "Without the address of the public keys no signature can be checked, so that the client is refused; "
            + "keys beside another method are never looked at.",
        remedy: "Set `jwks_uri` beside `auth_method: private_key_jwt`, or remove both.")
    package static let introspectionByAnybody = DiagnosticCode(
        308, "introspection-by-anybody",
        summary: "A client without a secret has `introspects: true`.",
        why: "Whoever knows its id, which is no secret, could find out about every token: whose it is, and for what.",
        remedy: "Give the client a secret or keys, or remove `introspects`.")
    package static let loopbackRedirectAlone = DiagnosticCode(
        309, "loopback-redirect-alone", .warning,
        summary: "A loopback redirect is listed for one of `localhost` and `127.0.0.1` alone.",
        why:
            "Native clients differ in which of the two they send, also between their own versions. The port "
            + "is not compared, the host is (RFC 8252 §7.3).",
        remedy: "List the redirect for both hosts.")

    package static let aliasUnderWellKnown = DiagnosticCode(
        406, "alias-under-well-known",
        summary: "An alias or endpoint path lies under `/.well-known/`.",
        why:
            "That space belongs to metadata documents and to certificate renewal; everything else in it "
            + "answers 404, so that no client takes a stray answer for metadata.",
        remedy: "Choose a path outside of it.")

    package static let hostHeaderUnsettled = DiagnosticCode(
        414, "host-header-unsettled", .note,
        summary: "An MCP server on this machine gets the public host, and may know its own address alone.",
        why:
            "Servers on the official SDKs that listen on loopback refuse every other `Host`, against DNS rebinding: with "
            + "421 (Python) or 403 (TypeScript), to every request, whatever its token.",
        remedy:
            "Set `host_header: upstream`, and nginx sends the server's own address; or allow the public host in the "
            + "server's settings (the runbook names them) and set `host_header: public`, which is the default.")

    package static let trustedHostMissing = DiagnosticCode(
        501, "trusted-host-missing",
        summary: "A client's redirect goes to a host that is not trusted.",
        why:
            "`trusted_hosts` says who may register and be redirected to. A client whose own redirect it does "
            + "not cover is refused when it registers (\"Policy 'Trusted Hosts' rejected request\") or when it "
            + "comes back.",
        remedy: "Add the host to `trusted_hosts`. The hosts of enabled profiles are trusted already.")

    package static let noClientEnabled = DiagnosticCode(
        514, "no-client-enabled", .warning,
        summary: "Neither `clients` nor `trusted_hosts` names anybody who may come in, and documents are not taken.",
        why:
            "Registration admits the hosts that the spec names, and redirects go nowhere else. Clients then say that "
            + "registration failed, which nobody connects with a key that is not there.",
        remedy: "Name the profiles that are to come in: `clients: [chatgpt, claude, claude-code]`.")
    package static let profilesKeptOut = DiagnosticCode(
        515, "profiles-kept-out", .note,
        summary: "Clients of the catalogue cannot register here.",
        why:
            "A client registers with redirects and pages on hosts of its own. Where the spec does not name them it is "
            + "refused, and its user reads that registration failed.",
        remedy:
            "Nothing, where that is meant. Otherwise add the profiles to `clients`, or their hosts to `trusted_hosts`.")
    package static let applicationAmongHosts = DiagnosticCode(
        516, "application-among-hosts", .warning,
        summary: "`trusted_hosts` has an entry that reads like the scheme of an application.",
        why:
            "A redirect like `com.example.app:/oauth` has no host, so that no trusted host covers it, and the application "
            + "is refused when it registers.",
        remedy: "Write the whole redirect into `trusted_redirects`.")

    package static let duplicateOutputFile = DiagnosticCode(
        605, "duplicate-output-file",
        summary: "Two entries of `targets.env` have the same file name.",
        why: "One of them would be lost, and the service that reads it would start with the other's variables.",
        remedy: "Give each its own file. Names that differ in case alone are one file on some systems.")
    package static let authenticationSwitchedOff = DiagnosticCode(
        606, "authentication-switched-off",
        summary: "A variable switches a service's authentication off, or its logging of tokens on.",
        why:
            "Behind a vhost that looks protected, everybody may then call the tools, or every token ends up "
            + "in a log. Such switches are set for one afternoon and stay for a year.",
        remedy: "Remove the variable here, and set it by hand where it is really wanted.")

    package static let volatileStore = DiagnosticCode(
        701, "volatile-store",
        summary: "The bundled server has no store, or one in a folder that a restart empties.",
        why:
            "Clients register once and keep their identifier for ever. When the server forgets them, every "
            + "connector is dead until its user removes and adds it again, and every token is refused.",
        remedy: "Give `issuer.store` a file on a disk that stays, or a PostgreSQL database.")
    package static let keycloakMasterRealm = DiagnosticCode(
        703, "keycloak-master-realm",
        summary: "`targets.keycloak.realm` is `master`.",
        why:
            "The master realm administers all others. Anonymous registration in it puts clients of strangers "
            + "beside the administrators.",
        remedy:
            "Make a realm of its own for the connectors; administrators may still sign in to `master` "
            + "(`admin_realm`).")

    /// All of them.
    package static let connectorChecksCodes: [DiagnosticCode] = [
        .malformedSuppression, .unusedSuppression, .ownIssuerSlash, .resourceWithoutPath, .tunnelHost,
        .keycloakIssuerElsewhere, .unusualPublicPort, .rootMetadataAlias, .clientIDNull, .duplicateClientID,
        .clientSecretUnused,
        .clientKeysUnused, .introspectionByAnybody, .loopbackRedirectAlone, .noClientEnabled, .profilesKeptOut,
        .applicationAmongHosts,
        .aliasUnderWellKnown, .hostHeaderUnsettled, .trustedHostMissing, .duplicateOutputFile,
        .authenticationSwitchedOff, .volatileStore,
        .keycloakMasterRealm,
    ]
}
