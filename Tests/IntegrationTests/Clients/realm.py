"""One realm, `people`, with the paths, the documents and the tokens of a Keycloak's (measured at 26.7).

Everybody who knows the password in LOGIN_PASSWORD may sign in; all but `visitor` are readers of the wiki. As a Keycloak
behind a proxy does, it takes its public address from the forwarded headers. Prints the port that it listens at.
"""

import base64
import hashlib
import html
import os
import secrets
import socket
import time

import jwt
import uvicorn
from cryptography.hazmat.primitives.asymmetric import rsa
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse
from starlette.routing import Route

REALM = "/realms/people"
OPENID = REALM + "/protocol/openid-connect"
PAGE = """<!doctype html><title>Sign in</title><link rel="stylesheet" href="/resources/login.css">
<form method="post" action="{action}"><input name="username" value=""><input type="password" name="password" value="">
</form>"""

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
clients, flows, codes, refreshes = {}, {}, {}, {}


def issuer(request):
    headers = request.headers
    return f"{headers['X-Forwarded-Proto']}://{headers['X-Forwarded-Host']}{REALM}"


async def metadata(request):
    origin = issuer(request).removesuffix(REALM)
    return JSONResponse({
        "issuer": issuer(request), "authorization_endpoint": f"{origin}{OPENID}/auth",
        "token_endpoint": f"{origin}{OPENID}/token", "jwks_uri": f"{origin}{OPENID}/certs",
        "registration_endpoint": f"{origin}{REALM}/clients-registrations/openid-connect",
        "response_types_supported": ["code"], "grant_types_supported": ["authorization_code", "refresh_token"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "none"],
        "code_challenge_methods_supported": ["S256"], "scopes_supported": ["openid", "wiki.read", "offline_access"],
        "authorization_response_iss_parameter_supported": True})


async def certs(request):
    key = jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True)
    return JSONResponse({"keys": [key | {"kid": "realm-1", "use": "sig", "alg": "RS256"}]})


async def register(request):
    client = await request.json() | {"client_id": secrets.token_urlsafe(16)}
    clients[client["client_id"]] = client
    return JSONResponse(client, status_code=201)


async def auth(request):
    asked = dict(request.query_params)
    client = clients.get(asked.get("client_id"))
    if client is None or asked.get("redirect_uri") not in client["redirect_uris"]:
        return HTMLResponse("Invalid parameter: redirect_uri", status_code=400)
    flow = secrets.token_urlsafe(16)
    flows[flow] = asked
    answer = HTMLResponse(PAGE.format(action=html.escape(f"{REALM}/login-actions/authenticate?session_code={flow}")))
    answer.set_cookie("AUTH_SESSION_ID", flow, path=REALM + "/", httponly=True)
    return answer


async def authenticate(request):
    form, flow = await request.form(), request.query_params.get("session_code", "")
    if request.cookies.get("AUTH_SESSION_ID") != flow or form.get("password") != os.environ["LOGIN_PASSWORD"]:
        return HTMLResponse("We are sorry", status_code=400)
    asked, code = flows.pop(flow), secrets.token_urlsafe(16)
    codes[code] = asked | {"user": form["username"]}
    parameters = f"code={code}&state={asked['state']}&iss={issuer(request)}"
    return RedirectResponse(f"{asked['redirect_uri']}?{parameters}", status_code=302)


async def token(request):
    form = await request.form()
    if form["grant_type"] == "authorization_code":
        grant = codes.pop(form["code"], None)
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if grant is None or proof != grant["code_challenge"] or form["client_id"] != grant["client_id"]:
            return JSONResponse({"error": "invalid_grant"}, status_code=400)
    elif (grant := refreshes.pop(form["refresh_token"], None)) is None:
        return JSONResponse({"error": "invalid_grant"}, status_code=400)
    now, refresh = int(time.time()), secrets.token_urlsafe(16)
    refreshes[refresh] = grant
    # A realm's own mapper puts the audience there, by the client scope, whatever the client asks for.
    audience = [issuer(request).removesuffix(REALM) + "/mcp"] if "wiki.read" in grant["scope"].split() else []
    claims = {
        "exp": now + 300, "iat": now, "jti": secrets.token_urlsafe(8), "iss": issuer(request),
        "aud": audience, "sub": hashlib.sha256(grant["user"].encode()).hexdigest()[:32], "typ": "Bearer",
        "azp": grant["client_id"], "scope": grant["scope"], "preferred_username": grant["user"],
        "realm_access": {"roles": ["default-roles-people"] + ["wiki-reader"] * (grant["user"] != "visitor")}}
    access = jwt.encode(claims, KEY, "RS256", {"kid": "realm-1"})
    return JSONResponse({
        "access_token": access, "token_type": "Bearer", "expires_in": 300, "refresh_token": refresh,
        "scope": grant["scope"]}, headers={"Cache-Control": "no-store"})


async def styles(request):
    return PlainTextResponse("the realm's styles")


async def console(request):
    return PlainTextResponse("the administration console")


ROUTES = [
    Route(REALM + "/.well-known/openid-configuration", metadata), Route(OPENID + "/certs", certs),
    Route(REALM + "/clients-registrations/openid-connect", register, methods=["POST"]), Route(OPENID + "/auth", auth),
    Route(REALM + "/login-actions/authenticate", authenticate, methods=["POST"]),
    Route(OPENID + "/token", token, methods=["POST"]), Route("/resources/login.css", styles),
    Route("/admin/", console),
]

if __name__ == "__main__":
    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    uvicorn.Server(uvicorn.Config(Starlette(routes=ROUTES), log_level="warning")).run(sockets=[listener])
