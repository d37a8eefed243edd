#!/usr/bin/env python3
"""An MCP server that is its own issuer, on the MCP Python SDK 2.x: it registers clients, signs people in, issues tokens and
checks them, at its own address. Whoever knows the password in NOTES_PASSWORD is the one person it knows.

usage: mcp-server.py ISSUER RESOURCE [PORT]      (prints the port that it listens at)
"""

import hmac
import html
import json
import os
import secrets
import socket
import sys
import time

import uvicorn
from mcp.server.auth.provider import (
    AccessToken, AuthorizationCode, OAuthAuthorizationServerProvider, RefreshToken, construct_redirect_uri)
from mcp.server.auth.settings import AuthSettings, ClientRegistrationOptions
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.transport_security import TransportSecuritySettings
from mcp.shared.auth import OAuthToken
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse

ISSUER, RESOURCE = sys.argv[1], sys.argv[2]
PAGE = """<!doctype html><title>Sign in</title><form method="post" action="">
<input type="hidden" name="flow" value="{flow}"><input type="hidden" name="username" value="">
<input type="password" name="password" value=""><button name="decision" value="allow">Allow</button></form>"""


class Provider(OAuthAuthorizationServerProvider):
    """Everything in memory: a restart signs everybody out."""

    def __init__(self):
        self.clients, self.flows, self.codes, self.tokens, self.refreshes = {}, {}, {}, {}, {}

    async def get_client(self, client_id):
        return self.clients.get(client_id)

    async def register_client(self, client_info):
        self.clients[client_info.client_id] = client_info

    async def authorize(self, client, params):
        flow = secrets.token_urlsafe(16)
        self.flows[flow] = (client.client_id, params)
        return f"{ISSUER}/login?flow={flow}"

    async def load_authorization_code(self, client, authorization_code):
        return self.codes.get(authorization_code)

    async def exchange_authorization_code(self, client, authorization_code):
        del self.codes[authorization_code.code]
        return self.issue(client.client_id, authorization_code.scopes, authorization_code.resource)

    async def load_refresh_token(self, client, refresh_token):
        return self.refreshes.get(refresh_token)

    async def exchange_refresh_token(self, client, refresh_token, scopes):
        del self.refreshes[refresh_token.token]
        return self.issue(client.client_id, scopes or refresh_token.scopes, refresh_token.resource)

    async def load_access_token(self, token):
        known = self.tokens.get(token)
        return known if known and known.expires_at > time.time() else None

    async def revoke_token(self, token):
        self.tokens.pop(token.token, None)
        self.refreshes.pop(token.token, None)

    def issue(self, client_id, scopes, resource):
        token, refresh = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        self.tokens[token] = AccessToken(
            token=token, client_id=client_id, scopes=scopes, expires_at=int(time.time()) + 900, resource=resource,
            subject="owner")
        self.refreshes[refresh] = RefreshToken(token=refresh, client_id=client_id, scopes=scopes, resource=resource)
        return OAuthToken(access_token=token, refresh_token=refresh, expires_in=900, scope=" ".join(scopes))


provider = Provider()
server = MCPServer(
    "notes", auth_server_provider=provider,
    auth=AuthSettings(
        issuer_url=ISSUER, resource_server_url=RESOURCE, validate_token_resource=True, required_scopes=["notes"],
        client_registration_options=ClientRegistrationOptions(
            enabled=True, valid_scopes=["notes"], default_scopes=["notes"])))


@server.tool()
def whoami(text: str, ctx: Context) -> str:
    """Gives back the text, and the headers of the request that brought it."""
    return json.dumps({"text": text, "headers": [list(pair) for pair in ctx.headers.items()]})


@server.custom_route("/login", methods=["GET", "POST"])
async def login(request: Request):
    form = await request.form() if request.method == "POST" else request.query_params
    if form.get("flow") not in provider.flows:
        return HTMLResponse("This sign-in is over.", status_code=400)
    if not hmac.compare_digest(form.get("password", "").encode(), os.environ["NOTES_PASSWORD"].encode()):
        return HTMLResponse(PAGE.format(flow=html.escape(form["flow"])))
    client_id, params = provider.flows.pop(form["flow"])
    code = secrets.token_urlsafe(32)
    provider.codes[code] = AuthorizationCode(
        code=code, scopes=params.scopes or ["notes"], expires_at=time.time() + 60, client_id=client_id,
        code_challenge=params.code_challenge, redirect_uri=params.redirect_uri,
        redirect_uri_provided_explicitly=params.redirect_uri_provided_explicitly,
        # A client that has never heard of resources (revision 2025-03-26) means the one there is.
        resource=params.resource or RESOURCE)
    back = construct_redirect_uri(str(params.redirect_uri), code=code, state=params.state, iss=ISSUER)
    return RedirectResponse(back, status_code=303, headers={"Cache-Control": "no-store"})


if __name__ == "__main__":
    listener = socket.create_server(("127.0.0.1", int((sys.argv + ["0"])[3])))
    print(listener.getsockname()[1], flush=True)
    hosts = TransportSecuritySettings(enable_dns_rebinding_protection=False)
    app = server.streamable_http_app(transport_security=hosts)
    uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="on")).run(sockets=[listener])
