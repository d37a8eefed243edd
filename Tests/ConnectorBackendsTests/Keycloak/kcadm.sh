#!/bin/sh
set -eu
# The realm's folder comes by FAKE_REALM: a script that tests write and run at once would now and then be
# "Text file busy", because another test forks while it is open.
here=$FAKE_REALM
R=$here/realm.json
printf '%s\n' "$*" >>"$here/calls"
command=$1
endpoint=$2
shift 2
body=null
config=
print=no
query=
while [ "$#" -gt 0 ]; do
    case $1 in
        -f) body=$(cat); shift 2 ;;
        -q) query=$2; shift 2 ;;
        -r | --server | --realm | --client | --user) shift 2 ;;
        --config) config=$2; shift 2 ;;
        -i) print=id; shift ;;
        -n | -o) shift ;;
        *) echo "Unknown options: '$1'" >&2; exit 2 ;;
    esac
done
[ -n "$config" ] || { echo 'no private config' >&2; exit 2; }
if [ "$command" = config ]; then
    case ${KC_CLI_CLIENT_SECRET:-}${KC_CLI_PASSWORD:-} in
        '' | wrong) echo 'Invalid client or Invalid client credentials [unauthorized_client]' >&2; exit 1 ;;
    esac
    echo token >"$config"
    exit 0
fi
[ -s "$config" ] || { echo 'Session has expired' >&2; exit 1; }
[ "${FAKE_DENY:-}" != "$endpoint" ] || { echo 'HTTP 403 Forbidden' >&2; exit 1; }
if [ "${FAKE_SILENT:-}" = "$endpoint" ]; then exec sleep 60; fi

POLICY=org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy
case $command:$endpoint in
    get:serverinfo) cat "$here/serverinfo.json"; exit 0 ;;
    create:partial-export)
        # Lists come in another order, and a client's secret masked.
        jq 'walk(if type == "object" and has("config") then .config |= with_entries(
                if .value | type == "array" then .value |= reverse else . end) else . end)
            | .clients |= map(. + {secret: "**********"})' "$R"
        exit 0
        ;;
    get:client-session-stats) echo '[]'; exit 0 ;;
    get:clients) jq --arg id "${query#clientId=}" '[.clients[] | select(.clientId == $id)]' "$R"; exit 0 ;;
    get:components) jq --arg p "$POLICY" '.components[$p]' "$R"; exit 0 ;;
    get:client-scopes) jq .clientScopes "$R"; exit 0 ;;
    get:default-default-client-scopes) jq '[.defaultDefaultClientScopes[] | {name: .}]' "$R"; exit 0 ;;
    get:default-optional-client-scopes) jq '[.defaultOptionalClientScopes[] | {name: .}]' "$R"; exit 0 ;;
    get:client-policies/profiles) jq .clientProfiles "$R"; exit 0 ;;
    get:client-policies/policies) jq .clientPolicies "$R"; exit 0 ;;
    get:realms/*) jq '{realm, id, attributes}' "$R"; exit 0 ;;
esac

read -r written <"$here/writes"
count=$((written + 1))
if [ "${FAKE_LOSE:-}" = "$count" ]; then
    echo "$count" >"$here/writes"
    echo 'Failed to send request - Connection reset' >&2
    exit 1
fi
jq --arg c "$command" --arg e "$endpoint" --argjson body "$body" --arg policy "$POLICY" '
    def fail(m): error(m);
    def fresh: "id-\(.next)";
    def scope_name($id): first(.clientScopes[] | select(.id == $id) | .name);
    def named: with_entries(select(.value != null));
    ($e | split("/")) as $p
    | if $c == "create" and $e == "client-scopes" then
        if any(.clientScopes[]; .name == $body.name) then fail("Client Scope \($body.name) already exists") else
        fresh as $id | .clientScopes += [$body + {id: $id}] | .next += 1
        | (.clientScopes[-1].protocolMappers // []) as $mappers
        | .clientScopes[-1].protocolMappers = [$mappers | to_entries[] | .value + {id: "\($id)-\(.key)"}] end
      elif $c == "create" and ($e | test("^client-scopes/[^/]+/protocol-mappers/models$")) then
        fresh as $id | .next += 1
        | (.clientScopes[] | select(.id == $p[1])) |= (.protocolMappers = ((.protocolMappers // []) + [$body + {id: $id}]))
      elif $p[0] == "client-scopes" and $p[4] then
        (.clientScopes[] | select(.id == $p[1]) | .protocolMappers) |=
            map(if .id != $p[4] then . elif $c == "delete" then empty else $body end)
      elif $c == "update" and $p[0] == "client-scopes" then
        (.clientScopes[] | select(.id == $p[1])) |= (. + $body | .attributes |= named)
      elif $c == "delete" and $p[0] == "client-scopes" then
        scope_name($p[1]) as $name | .clientScopes |= map(select(.id != $p[1]))
        | .defaultDefaultClientScopes -= [$name] | .defaultOptionalClientScopes -= [$name]
        | .clients |= map(.defaultClientScopes = ((.defaultClientScopes // []) - [$name]))
      elif $p[0] == "components" then
        if $body.providerId == "trusted-hosts"
            and $body.config["host-sending-registration-request-must-match"] == ["false"]
            and $body.config["client-uris-must-match"] == ["false"]
        then fail("At least one of hosts verification or client URIs validation must be enabled")
        elif (($body.config["allowed-client-scopes"] // []) - [.clientScopes[].name]) != []
        then fail("Client scopes not allowed")
        elif $c == "create" then fresh as $id | .next += 1 | .components[$policy] += [$body + {id: $id}]
        else (.components[$policy][] | select(.id == $p[1])) = $body end
      elif $p[0] | test("^default-") then
        scope_name($p[1]) as $name
        | (if $p[0] == "default-default-client-scopes" then "defaultDefaultClientScopes" else "defaultOptionalClientScopes" end) as $list
        | if $c == "delete" then .[$list] -= [$name]
          elif .defaultDefaultClientScopes + .defaultOptionalClientScopes | index($name)
          then fail("Duplicate resource error [conflict]") else .[$list] += [$name] end
      elif $c == "create" and $e == "partialImport" then
        reduce $body.clients[] as $new (.; if any(.clients[]; .clientId == $new.clientId) then . else
            fresh as $id | .next += 1 | .clients += [$new + {id: $id}] end)
      elif $p[0] == "clients" and $p[2] then
        scope_name($p[3]) as $name
        | (if $p[2] == "default-client-scopes" then ["defaultClientScopes", "optionalClientScopes"]
           else ["optionalClientScopes", "defaultClientScopes"] end) as [$list, $other]
        | (.clients[] | select(.id == $p[1])) |=
            (if $c == "delete" then .[$list] -= [$name]
             elif .[$other] // [] | index($name) then . else .[$list] = ((.[$list] // []) + [$name] | unique) end)
      elif $c == "update" and $p[0] == "clients" then
        (.clients[] | select(.id == $p[1])) |=
            (. + ($body | del(.defaultClientScopes, .optionalClientScopes)) | .attributes |= named)
      elif $c == "delete" and $p[0] == "clients" then .clients |= map(select(.id != $p[1]))
      elif $c == "update" and $p[0] == "realms" then . + $body
      else fail("Resource not found for url: \($e)") end' "$R" >"$here/next.json"
mv "$here/next.json" "$R"
echo "$count" >"$here/writes"
[ "${FAKE_CRASH:-}" != "$count" ] || { echo 'Failed to send request - Connection reset' >&2; exit 1; }
if [ "$print" = id ]; then jq -r '"id-\(.next - 1)"' "$R"; fi
