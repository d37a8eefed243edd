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
