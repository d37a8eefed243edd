"""A confidential client on Authlib, which shares no code with the MCP SDK and names no resource.

usage: authlib_client.py METADATA_URL RESOURCE

Registers with a secret, signs the person of LOGIN_USER and LOGIN_PASSWORD in, redeems, asks about its token, calls the
resource, refreshes and revokes. Prints one JSON line; a token that is a JWT is validated as RFC 9068 says, with the
server's published keys.
"""

import json
import os
import sys
import urllib.parse

import requests
from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc8414 import AuthorizationServerMetadata
from authlib.oauth2.rfc9068 import JWTBearerTokenValidator

from person import Person

REDIRECT = "http://127.0.0.1:39017/callback"
SCOPE = "mcp.tools offline_access"


class Validator(JWTBearerTokenValidator):
    """A resource server's check of an access token (RFC 9068 §4)."""

    def __init__(self, metadata, resource):
        super().__init__(issuer=metadata["issuer"], resource_server=resource)
        self.keys_url = metadata["jwks_uri"]

    def get_jwks(self):
        return requests.get(self.keys_url, timeout=20).json()


def main(metadata_url, resource):
    answer = requests.get(metadata_url, timeout=20)
    metadata = AuthorizationServerMetadata(answer.json())
    # RFC 8414 wants https, which loopback has not; everything else is checked.
    checked = AuthorizationServerMetadata(json.loads(answer.text.replace("http://", "https://")))
    checked.validate()
    result = {"issuer": metadata["issuer"]}

    registration = requests.post(metadata["registration_endpoint"], timeout=20, json={
        "client_name": "A confidential client", "redirect_uris": [REDIRECT], "scope": SCOPE,
        "token_endpoint_auth_method": "client_secret_basic"})
    client = registration.json()
    result["registration"] = [
        registration.status_code, client["token_endpoint_auth_method"], client["client_secret_expires_at"]]

    session = OAuth2Session(
        client["client_id"], client["client_secret"], scope=SCOPE, redirect_uri=REDIRECT,
        token_endpoint_auth_method="client_secret_basic", code_challenge_method="S256")
    verifier = generate_token(48)
    url, state = session.create_authorization_url(metadata["authorization_endpoint"], code_verifier=verifier)
    callback = Person(os.environ["LOGIN_USER"], os.environ["LOGIN_PASSWORD"]).authorize(url)
    token = session.fetch_token(
        metadata["token_endpoint"], state=state, code_verifier=verifier,
        authorization_response=f"{REDIRECT}?{urllib.parse.urlencode(callback)}")
    result["scope"] = token["scope"]

    access = token["access_token"]
    if access.count(".") == 2:
        validator = Validator(metadata, resource)
        claims = validator.authenticate_token(access)
        validator.validate_token(claims, ["mcp.tools"], None)
        result["header"], result["claims"] = dict(claims.header), dict(claims)
    introspect = metadata["introspection_endpoint"]
    result["introspection"] = session.introspect_token(introspect, token=access).json()
    result["called"] = session.post(resource, data="{}", timeout=20).status_code

    refreshed = session.refresh_token(metadata["token_endpoint"], refresh_token=token["refresh_token"])
    result["refreshed"] = refreshed["access_token"] != access and refreshed["refresh_token"] != token["refresh_token"]
    result["revoked"] = session.revoke_token(
        metadata["revocation_endpoint"], token=refreshed["refresh_token"], token_type_hint="refresh_token").status_code
    result["afterwards"] = session.introspect_token(introspect, token=refreshed["access_token"]).json()
    result["called_afterwards"] = session.post(resource, data="{}", timeout=20).status_code
    print(json.dumps(result | {"client": client["client_id"]}))


if __name__ == "__main__":
    main(*sys.argv[1:])
