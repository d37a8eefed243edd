"""Registers a client with a Keycloak realm and has a person authorize it, with states of several lengths.

usage: code_flow.py --issuer URL --resource URL --redirect URI [--register-scope S] [--ask-scope S] BYTES...

Prints one JSON object: `registration`, the status of it, and for each length in `flows` the pages, whether the state
came back as it was sent, the `iss` of the answer, the access token, or the `error`. The person is taken from LOGIN_USER
and LOGIN_PASSWORD.
"""

import argparse
import base64
import hashlib
import json
import os
import secrets
import urllib.error
import urllib.parse
import urllib.request

from person import Lost, Person

HTTP = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def post(url, body, kind):
    with HTTP.open(urllib.request.Request(url, data=body, headers={"Content-Type": kind}), timeout=20) as answer:
        return answer.status, json.load(answer)


def register(options):
    members = {"scope": options.register_scope} if options.register_scope else {}
    client = {
        "client_name": "A client of the tests", "redirect_uris": [options.redirect],
        "grant_types": ["authorization_code", "refresh_token"], "response_types": ["code"],
        "token_endpoint_auth_method": "none"} | members
    return post(
        options.issuer + "/clients-registrations/openid-connect", json.dumps(client).encode(), "application/json")


def flow(options, client, length):
    verifier, state = secrets.token_urlsafe(48), "s" * length
    digest = hashlib.sha256(verifier.encode()).digest()
    asked = {
        "response_type": "code", "client_id": client, "redirect_uri": options.redirect, "state": state,
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(), "code_challenge_method": "S256",
        "resource": options.resource} | ({"scope": options.ask_scope} if options.ask_scope else {})
    connect = options.issuer + "/protocol/openid-connect"
    person = Person(os.environ["LOGIN_USER"], os.environ["LOGIN_PASSWORD"])
    try:
        got = person.authorize(f"{connect}/auth?{urllib.parse.urlencode(asked)}")
        form = {
            "grant_type": "authorization_code", "code": got["code"], "redirect_uri": options.redirect,
            "client_id": client, "code_verifier": verifier, "resource": options.resource}
        _, token = post(
            f"{connect}/token", urllib.parse.urlencode(form).encode(), "application/x-www-form-urlencoded")
    except (Lost, KeyError, urllib.error.HTTPError) as error:
        return {"bytes": length, "pages": person.pages, "error": f"{type(error).__name__}: {error}"}
    return {
        "bytes": length, "pages": person.pages, "state": got.get("state") == state, "iss": got.get("iss"),
        "token": token["access_token"]}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--issuer", required=True)
    parser.add_argument("--resource", required=True)
    parser.add_argument("--redirect", required=True)
    parser.add_argument("--register-scope")
    parser.add_argument("--ask-scope")
    parser.add_argument("lengths", nargs="+", type=int)
    options = parser.parse_args()
    status, client = register(options)
    flows = [flow(options, client["client_id"], length) for length in options.lengths]
    print(json.dumps({"registration": status, "flows": flows}))


if __name__ == "__main__":
    main()
