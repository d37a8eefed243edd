import ConnectorPlan
import ConnectorSpec
import Diagnostics

/// Keycloak: the first run, every day, what failed, and the way back.
extension Runbook {
    static let keycloakHeading = "Keycloak"

    func keycloak(_ page: inout MarkdownPage) {
        guard let realm = plan.keycloak else { return }
        let target = plan.spec.targets.keycloak
        let server = [target?.server.span, target?.realm.span].compactMap(\.self)
        page.from(realm.origins + server) { page in
            page.heading(2, Self.keycloakHeading)
            page.line(
                [
                    "The scripts of \(code("keycloak/")) work on realm \(code(realm.realm)) at \(code(realm.server)). They need ",
                    "\(code("jq")), \(code("timeout")) and \(code("kcadm.sh")) of the server's own version on the PATH; the file ",
                    "\(code("kcadm-rest")) beside them does the same with \(code("curl")), some ten times faster: ",
                    "\(code("KCADM=keycloak/kcadm-rest")). Exit status: 0 the realm agrees, 1 it differs or a check failed, 2 ",
                    "wrong use, 3 failed.",
                ].joined())
            firstRun(realm, &page)
            container(&page)
            everyDay(realm, &page)
            failures(realm, &page)
            wayBack(realm, &page)
        }
    }

    private func firstRun(_ realm: KeycloakPlan, _ page: inout MarkdownPage) {
        page.heading(3, "The first run")
        page.line(
            [
                "An administrator signs in once; afterwards the service account \(code(realm.adminClient)) does, with the roles ",
                "\(code("manage-realm")), \(code("manage-clients")) and \(code("view-users")) of this realm and no other.",
            ].joined())
        page.block(
            "sh",
            [
                "export KC_SECRET_FILE=/etc/connectorgen/keycloak-\(realm.realm).secret",
                "export KC_SERVER=\(realm.server)  # another address where this one is not reached, such as a forwarded port",
                "KC_ADMIN_USER=admin KC_CLI_PASSWORD=… sh keycloak/bootstrap.sh  # makes the realm and the account, if missing",
                "sh keycloak/apply.sh --dry-run",
                "sh keycloak/apply.sh",
                "sh keycloak/verify.sh",
            ])
    }

    private func container(_ page: inout MarkdownPage) {
        page.heading(3, "Keycloak in a container")
        page.line(
            [
                "Bodies go through the input of \(code("kcadm.sh")); it keeps nothing where it runs but its token, in ",
                "\(code("KC_CONFIG")). ",
                "Either use \(code("KCADM=keycloak/kcadm-rest")) with \(code("KC_SERVER")) as the port is published, or put ",
                "these lines into a file, make it executable and name it by \(code("KCADM")); \(code("KC_SERVER")) is then the ",
                "address inside, \(code("http://localhost:8080")), and \(code("KC_CONFIG")) a path there, which you remove afterwards:",
            ].joined())
        page.block(
            "sh",
            [
                "#!/bin/sh",
                "exec docker exec -i -e KC_CLI_CLIENT_SECRET -e KC_CLI_PASSWORD -e KC_OPTS keycloak \\",
                "    /opt/keycloak/bin/kcadm.sh \"$@\"",
            ])
    }

    private func everyDay(_ realm: KeycloakPlan, _ page: inout MarkdownPage) {
        page.heading(3, "Every day")
        let rows: [(String, String)] = [
            ("after each build", "`apply.sh`, then `verify.sh`; a second `apply.sh` prints `unchanged` only"),
            (
                "clients from before",
                "`apply.sh` lists those without the scope; `apply.sh --attach-existing` serves them"
            ),
            ("one more connector", "add it to the spec, build, `onboard.sh NAME`"),
            ("a connector goes", "`retire.sh NAME`, before or after it leaves the spec"),
            (
                "every night",
                "`status.sh`: exit status 1 on drift; `status.sh --json` for programs. Reading rights suffice (`view-realm`, "
                    + "`view-clients`)"
            ),
            (
                "every week",
                "`prune.sh`: clients that nobody uses; `prune.sh --yes` deletes them, before the limit is hit"
            ),
            ("before a change by hand", "`backup.sh`"),
        ]
        page.table(["When", "What"], rows.map { MarkdownPage.Row(cells: [$0.0, $0.1], origins: []) })
        page.line()
        page.line(
            [
                "What is ours carries the attribute \(code(KeycloakPlan.ownerAttribute)) = \(code("\(realm.deployment)/…")), and is ",
                "made to agree whole; what was added to lists of the realm stands in its attribute ",
                "\(code(KeycloakPlan.recordPrefix + realm.deployment)). Everything else is left alone.",
            ].joined())
    }

    private func failures(_ realm: KeycloakPlan, _ page: inout MarkdownPage) {
        page.heading(3, "When it fails")
        let rows: [(String, String, String)] = [
            (
                "`Policy 'Trusted Hosts' rejected request`", "a host is not trusted, or the sender is checked",
                "`apply.sh`; the host of another client under `trusted_hosts`"
            ),
            (
                "`Policy 'Max Clients Limit' rejected request`", "too many registered clients", "`prune.sh`"
            ),
            (
                "`Policy 'Allowed Client Scopes' rejected request`",
                "the client asks for `openid` or a scope that is not there",
                "the protected-resource document must list the connector's scopes; `tolerate_all_scopes`"
            ),
            (
                "`Invalid origin` at registration", "a browser's page is not allowed",
                "its origin under `allowed_origins`"
            ),
            (
                "an error after consent; 401 of the MCP server", "the token has no audience",
                "`verify.sh` shows which requests bring none; `apply.sh --attach-existing`"
            ),
            (
                "`invalid_target`", "`resource-indicators` is on and the resource has no client",
                "`apply.sh`; the URL must be spelled as the spec does"
            ),
            ("`Client not found.`", "the feature `cimd` is on without a policy", "switch the feature off"),
            (
                "502 at authorize with a long `state`", "nginx's buffers are too small for Keycloak's cookies",
                "`proxy_buffer_size 16k`"
            ),
            (
                "`is there without our mark`", "somebody made a scope or client of our name",
                "another name in the spec, or `apply.sh --adopt`"
            ),
        ]
        page.table(["Seen", "Cause", "Do"], rows.map { MarkdownPage.Row(cells: [$0.0, $0.1, $0.2], origins: []) })
    }

    private func wayBack(_ realm: KeycloakPlan, _ page: inout MarkdownPage) {
        page.heading(3, "Going back, and cleaning up")
        page.line(
            [
                "Before its first change \(code("apply.sh")) keeps the realm in \(code("keycloak/backup/\(realm.realm)-before.json")) ",
                "(\(code("KC_BACKUP_DIR")) names another folder), secrets masked. An older output of connectorgen goes on from ",
                "any newer one: \(code("apply.sh")) of the older. To take all of it out:",
            ].joined())
        page.block("sh", realm.connectors.map { "sh keycloak/retire.sh \($0)" })
        page.line()
        page.line(
            [
                "With the last connector the realm is as it was, but for clients that registered meanwhile (\(code("prune.sh"))) and ",
                "a policy that had been missing, which stays, closed.",
            ].joined())
    }
}
