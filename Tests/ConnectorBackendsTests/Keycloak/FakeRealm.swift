import Foundation
import JSONSyntax
import TestSupport

/// A realm in a JSON file and a `kcadm.sh` over it, with the habits of the real one that matter: components are not
/// unique by name, a second scope, mapper or assignment of the same name is a conflict, an assignment to a client whose
/// optional scope it is does nothing and says nothing, lists come back in another order, and the server adds keys.
struct FakeRealm {
    let folder: TemporaryFolder
    let kcadm: String

    init() throws {
        folder = try TemporaryFolder()
        kcadm = try folder.write("kcadm.sh", Self.script)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: kcadm)
        try folder.write("realm.json", Self.initial)
        try folder.write("writes", "0\n")
        try folder.write("calls", "")
    }

    var state: JSON {
        get throws { try JSON.parse(Array(try folder.read("realm.json").utf8)) }
    }

    /// The arguments of each call so far, separated by spaces.
    var calls: [Substring] {
        get throws { try folder.read("calls").split(separator: "\n") }
    }

    var writes: Int {
        get throws { Int(try folder.read("writes").split(separator: "\n").first ?? "") ?? 0 }
    }

    private static let initial = """
        {"next": 1,
         "client-scopes": [
           {"id": "s-profile", "name": "profile", "protocol": "openid-connect", "attributes": {}},
           {"id": "s-service", "name": "service_account", "protocol": "openid-connect",
            "attributes": {"include.in.token.scope": "false"}}],
         "default-default-client-scopes": ["s-profile"], "default-optional-client-scopes": [],
         "clients": [{"id": "c-1", "clientId": "account", "publicClient": true, "redirectUris": ["/x"]}],
         "components": [
           {"id": "p-1", "name": "Trusted Hosts", "providerId": "trusted-hosts", "subType": "anonymous",
            "config": {"host-sending-registration-request-must-match": ["true"], "client-uris-must-match": ["true"],
                       "trusted-hosts": ["foreign.example.org"]}},
           {"id": "p-2", "name": "Allowed Client Scopes", "providerId": "allowed-client-templates",
            "subType": "anonymous", "config": {"allow-default-scopes": ["true"]}},
           {"id": "p-3", "name": "Allowed Client Scopes", "providerId": "allowed-client-templates",
            "subType": "authenticated", "config": {"allow-default-scopes": ["true"]}},
           {"id": "p-4", "name": "Max Clients Limit", "providerId": "max-clients", "subType": "anonymous",
            "config": {"max-clients": ["200"]}}]}
        """

    private static let script = #"""
        #!/bin/sh
        set -eu
        here=${0%/*}
        R=$here/realm.json
        printf '%s\n' "$*" >>"$here/calls"
        command=$1
        endpoint=$2
        shift 2
        file=
        config=
        while [ "$#" -gt 0 ]; do
            case $1 in
                -f) file=$2; shift 2 ;;
                -q | -r | --server | --realm | --client | --user) shift 2 ;;
                --config) config=$2; shift 2 ;;
                -n | -i) shift ;;
                *) echo "Unknown options: '$1'" >&2; exit 2 ;;
            esac
        done
        [ -n "$config" ] || { echo 'no private config' >&2; exit 2; }
        if [ "$command" = config ]; then
            [ -n "${KC_CLI_CLIENT_SECRET:-}${KC_CLI_PASSWORD:-}" ] || { echo 'Invalid client credentials' >&2; exit 1; }
            echo "token" >"$config"
            exit 0
        fi
        [ -s "$config" ] || { echo 'Session has expired' >&2; exit 1; }

        if [ "$command" = get ]; then
            [ "${FAKE_DENY:-}" != "$endpoint" ] || { echo 'HTTP 403 Forbidden' >&2; exit 1; }
            jq --arg e "$endpoint" '
                . as $all | .[$e]
                | if $e | test("^default-") then map(. as $id | $all["client-scopes"][] | select(.id == $id) | {id, name}) else . end
                | if $e == "components" then map(if .config["trusted-hosts"] then .config["trusted-hosts"] |= reverse else . end) else . end
                | if $e == "clients" then map(. + {secret: "**********"}) else . end
                | reverse' "$R"
            exit 0
        fi

        read -r written <"$here/writes"
        count=$((written + 1))
        if [ "${FAKE_LOSE:-}" = "$count" ]; then
            echo "$count" >"$here/writes"
            echo 'Failed to send request - Connection reset' >&2
            exit 1
        fi
        body=null
        [ -z "$file" ] || body=$(cat "$file")
        jq --arg c "$command" --arg e "$endpoint" --argjson body "$body" '
            def fail(m): error(m);
            def fresh: "id-\(.next)";
            ($e | split("/")) as $p
            | if $c == "create" and $e == "client-scopes" then
                if any(."client-scopes"[]; .name == $body.name) then fail("Client Scope \($body.name) already exists") else
                fresh as $id | ."client-scopes" += [$body + {id: $id}] | .next += 1 end
              elif $c == "create" and ($e | test("^client-scopes/[^/]+/protocol-mappers/models$")) then
                if any(."client-scopes"[] | select(.id == $p[1]) | .protocolMappers // [] | .[]; .name == $body.name)
                then fail("Protocol mapper exists with same name") else
                fresh as $id | .next += 1
                | (."client-scopes"[] | select(.id == $p[1])) |=
                    (.protocolMappers = ((.protocolMappers // [])
                        + [$body + {id: $id} | .config["userinfo.token.claim"] = "false"])) end
              elif $c == "update" and ($e | test("^client-scopes/[^/]+/protocol-mappers/models/")) then
                (."client-scopes"[] | select(.id == $p[1]) | .protocolMappers[] | select(.id == $p[4])) = $body
              elif $c == "update" and $p[0] == "client-scopes" then
                (."client-scopes"[] | select(.id == $p[1])) = $body
              elif $c == "update" and $p[0] == "components" then
                if $body.providerId == "trusted-hosts"
                    and $body.config["host-sending-registration-request-must-match"] == ["false"]
                    and $body.config["client-uris-must-match"] == ["false"]
                then fail("At least one of hosts verification or client URIs validation must be enabled")
                elif (($body.config["allowed-client-scopes"] // []) - [."client-scopes"[].name]) != []
                then fail("Client scopes not allowed") else
                (.components[] | select(.id == $p[1])) = $body end
              elif $c == "update" and ($p[0] | test("^default-")) then
                if (."default-default-client-scopes" + ."default-optional-client-scopes") | index($p[1])
                then fail("Duplicate resource error [conflict]") else .[$p[0]] += [$p[1]] end
              elif $c == "delete" and ($p[0] | test("^default-")) then .[$p[0]] -= [$p[1]]
              elif $c == "create" and $e == "clients" then
                if any(.clients[]; .clientId == $body.clientId) then fail("Client \($body.clientId) already exists") else
                fresh as $id | .next += 1
                | .clients += [$body + {id: $id, defaultClientScopes: ["profile"], optionalClientScopes:
                    [."default-optional-client-scopes"[] as $o | ."client-scopes"[] | select(.id == $o) | .name]}] end
              elif $c == "update" and $p[0] == "clients" and $p[2] == "default-client-scopes" then
                (."client-scopes"[] | select(.id == $p[3]) | .name) as $name
                | (.clients[] | select(.id == $p[1])) |=
                    (if .optionalClientScopes // [] | index($name) then . else .defaultClientScopes += [$name] end)
              elif $c == "delete" and $p[0] == "clients" and $p[2] == "optional-client-scopes" then
                (."client-scopes"[] | select(.id == $p[3]) | .name) as $name
                | (.clients[] | select(.id == $p[1])) |= (.optionalClientScopes -= [$name])
              elif $c == "update" and $p[0] == "clients" then (.clients[] | select(.id == $p[1])) = $body
              else fail("Resource not found for url: \($e)") end' "$R" >"$here/next.json"
        mv "$here/next.json" "$R"
        echo "$count" >"$here/writes"
        [ "${FAKE_CRASH:-}" != "$count" ] || { echo 'Failed to send request - Connection reset' >&2; exit 1; }
        echo "Created or updated with id 'x'" >&2
        """#
}
