"""Every endpoint once: what it does, and what it refuses. The trial is in what watches the server meanwhile."""

import base64
import json
import urllib.parse

from checks import expect, is_active
from deployment import Refused

JSON = [("Content-Type", "application/json")]


def flow(deployment, person):
    if not expect(deployment.start(120), "the server does not start"):
        return
    public, private, paths = deployment.outside(), deployment.inside(), deployment.paths

    def post(name, pairs, outcome, fields=()):
        answer = public.post(paths[name], pairs, fields)
        expect(answer.outcome == outcome, f"{name}: {answer}, expected {outcome}")
        return answer

    # A client that registers itself, and keeps a secret.
    metadata = {
        "client_name": "trial", "redirect_uris": [deployment.redirect], "scope": "openid mcp.tools",
        "token_endpoint_auth_method": "client_secret_basic"}
    made = public.ask("POST", paths["register"], JSON, json.dumps(metadata))
    if not expect(made.status == 201, f"register: {made}"):
        return
    client, secret = made.member("client_id"), made.member("client_secret")
    basic = [("Authorization", "Basic " + base64.b64encode(f"{client}:{secret}".encode()).decode())]
    target = urllib.parse.urlsplit(made.member("registration_client_uri")).path
    manage = [("Authorization", "Bearer " + made.member("registration_access_token"))]
    for body in ["", "{", "[]", '{"redirect_uris":["http://a.example/"]}', '{"redirect_uris":7}']:
        expect(public.ask("POST", paths["register"], JSON, body).status == 400, f"registered: {body}")

    # The pages: an expired form, a wrong password, and the whole way.
    for name, form in [("login", {"transaction": "cgtx_x", "username": "a"}), ("consent", {"decision": "allow"})]:
        answer = public.post(paths[name], form)
        expect(answer.status in (400, 403), f"{name}, a form of nothing: {answer}")
    stranger = type(person)(deployment, person.user, "wrong")
    expect(isinstance(stranger.code(), Refused), "a wrong password opens")
    for query in ["", "?response_type=token", "?client_id=cid_unknown&redirect_uri=https://a.example/%00"]:
        expect(public.ask("GET", paths["authorize"] + query).status == 400, f"authorize{query}")

    for holder, proof in [(deployment.client, []), (client, basic)]:
        code = person.code(holder)
        if not expect(not isinstance(code, Refused), f"{holder}: {code}"):
            return
        wrong = {**deployment.redemption(code, holder), "code_verifier": "w" * 43}
        post("token", wrong, "400 invalid_grant", proof)
        tokens = post("token", deployment.redemption(code, holder), "200", proof)
        access, refresh = tokens.member("access_token"), tokens.member("refresh_token")
        expect(is_active(private, deployment, access), "a new token is not good")
        following = post("token", deployment.refreshing(refresh, holder), "200", proof)
        again = post("token", deployment.refreshing(refresh, holder), "200", proof)
        expect(again.member("refresh_token") == following.member("refresh_token"), "two successors")
        bearer = [("Authorization", "Bearer " + access)]
        expect(public.ask("GET", paths["userinfo"], bearer).status in (200, 403), "userinfo")
        told = post("introspect", {"token": access, "client_id": holder}, "200", proof)
        expect(told.member("active") is True, f"introspect: {told}")
        for token in ["", "x", access[:-1], access[:-1] + "é", "a.b.c", "e30.eyJqdGkiOiIhISEhISEhIX0AAAA.e30"]:
            expect(not is_active(private, deployment, urllib.parse.quote(token)), f"good: {token}")
            expect(public.post(paths["introspect"], {"token": token, "client_id": holder}, proof).status < 500, "introspect")
        # Whether this ends the grant depends on how long ago the code was used.
        post("token", deployment.redemption(code, holder), "400 invalid_grant", proof)
        grant = post("token", deployment.redemption(person.code(holder), holder), "200", proof)
        post("revoke", {"token": grant.member("refresh_token"), "client_id": holder}, "200", proof)
        expect(not is_active(private, deployment, grant.member("access_token")), "a token outlives its grant")

    expect(public.ask("GET", paths["jwks"]).status == 200, "jwks")
    expect(public.ask("GET", target, manage).member("client_id") == client, "the client does not find itself")
    changed = {**metadata, "client_id": client, "client_name": "changed"}
    expect(public.ask("PUT", target, manage + JSON, json.dumps(changed)).member("client_name") == "changed", "no change")
    expect(public.ask("DELETE", target, manage).status == 204, "the client stays")
    expect(public.ask("GET", target, manage).status == 401, "the client is still there")
    expect(deployment.stop() == 0, "the server did not end well")
