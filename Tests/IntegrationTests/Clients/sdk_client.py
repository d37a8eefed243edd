"""An application on the MCP Python SDK, 1.x or 2.x: connects, signs in when it is told to, and calls a tool.

usage: sdk_client.py --url URL --state FILE [options] STEP...

Steps, each on one connection, in order:
  list      list the tools
  call      call the tool `whoami`
  expire    believe from now on that the access token has expired, so that the next request refreshes it

Tokens and registration are kept in FILE between runs. Prints one JSON line with everything that went over the wire,
secrets as `***`; its `error` is null when all steps worked. The person is taken from LOGIN_USER and LOGIN_PASSWORD;
without them nobody signs in.
"""

import argparse
import importlib.metadata
import json
import logging
import os
import pathlib
import time
import urllib.parse

import anyio
import anyio.to_thread
import mcp
from mcp.client.auth import OAuthClientProvider
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.auth import OAuthClientInformationFull, OAuthClientMetadata, OAuthToken

from person import Person

VERSION = importlib.metadata.version("mcp")
IS_FIRST = VERSION.startswith("1.")
if IS_FIRST:
    import httpx
else:
    import httpx2 as httpx
    from mcp.shared.auth import AuthorizationCodeResult

SECRETS = {"code", "code_verifier", "client_secret", "refresh_token", "access_token", "registration_access_token"}


def masked(members):
    return {name: "***" if name in SECRETS else value for name, value in members.items()}


class Storage:
    """What the SDK wants to keep, in a file."""

    def __init__(self, path):
        self.path = pathlib.Path(path)

    def read(self, name, model):
        kept = json.loads(self.path.read_text()) if self.path.exists() else {}
        return model.model_validate(kept[name]) if kept.get(name) else None

    def write(self, name, value):
        kept = json.loads(self.path.read_text()) if self.path.exists() else {}
        kept[name] = value and value.model_dump(mode="json", exclude_none=True)
        self.path.write_text(json.dumps(kept))

    async def get_tokens(self):
        return self.read("tokens", OAuthToken)

    async def set_tokens(self, tokens):
        self.write("tokens", tokens)

    async def get_client_info(self):
        return self.read("client", OAuthClientInformationFull)

    async def set_client_info(self, client_info):
        self.write("client", client_info)


class Wire(httpx.AsyncHTTPTransport):
    """The network, and a note of everything that goes over it.

    `is_old` makes the SDK a client of the revision of 2025-03-26, which has never heard of protected resource metadata.
    """

    def __init__(self, url, is_old):
        super().__init__()
        self.url, self.is_old = url, is_old
        self.requests, self.registrations, self.tokens = [], [], []
        self.authorizations, self.challenges = [], []

    async def handle_async_request(self, request):
        if self.is_old and request.url.path.startswith("/.well-known/oauth-protected-resource"):
            return httpx.Response(404, request=request)
        response = await super().handle_async_request(request)
        self.requests.append(f"{request.method} {request.url.path} {response.status_code}")
        if challenge := response.headers.get("WWW-Authenticate"):
            self.challenges.append(challenge)
        if request.method == "POST" and str(request.url) != self.url:
            self.note(request, response.status_code, await response.aread())
        return response

    def note(self, request, status, answer):
        got = masked(json.loads(answer)) if answer else None
        if request.headers["Content-Type"].startswith("application/json"):
            self.registrations.append({"sent": json.loads(request.content), "status": status, "got": got})
        else:
            self.tokens.append({
                "sent": masked(dict(urllib.parse.parse_qsl(request.content.decode()))),
                "scheme": request.headers.get("Authorization", "").split(" ")[0], "status": status, "got": got})

    def summary(self):
        return {
            "requests": self.requests, "registrations": self.registrations, "tokens": self.tokens,
            "authorizations": self.authorizations, "challenges": self.challenges}


class Application:
    def __init__(self, options):
        self.options = options
        self.wire = Wire(options.url, options.without_resource_metadata)
        self.result = {"sdk": VERSION, "error": None, "tools": [], "calls": []}
        self.callback = None
        members = {"scope": options.scope} if options.scope else {}
        self.provider = OAuthClientProvider(
            server_url=options.url,
            client_metadata=OAuthClientMetadata(
                client_name="A client of the tests", redirect_uris=[options.redirect],
                token_endpoint_auth_method=options.auth_method or None, **members),
            storage=Storage(options.state), redirect_handler=self.send_person, callback_handler=self.take_callback,
            client_metadata_url=options.client_metadata_url)

    async def send_person(self, url):
        name, password = os.environ.get("LOGIN_USER"), os.environ.get("LOGIN_PASSWORD")
        if name is None or password is None:
            raise PermissionError("nobody is there to sign in")
        person = Person(name, password, self.options.decision)
        self.callback = await anyio.to_thread.run_sync(person.authorize, url)
        parts = urllib.parse.urlsplit(url)
        self.wire.authorizations.append({
            "endpoint": f"{parts.scheme}://{parts.netloc}{parts.path}",
            "sent": dict(urllib.parse.parse_qsl(parts.query)), "got": masked(self.callback), "pages": person.pages})

    async def take_callback(self):
        code, state = self.callback.get("code", ""), self.callback.get("state")
        if IS_FIRST:
            return code, state
        return AuthorizationCodeResult(code=code, state=state, iss=self.callback.get("iss"))

    async def step(self, name, session):
        match name:
            case "list":
                self.result["tools"] = [tool.name for tool in (await session.list_tools()).tools]
            case "call":
                answer = await session.call_tool("whoami", {"text": self.options.text})
                self.result["calls"].append(json.loads(answer.content[0].text))
            case "expire":
                self.provider.context.token_expiry_time = time.time() - 1
            case _:
                raise ValueError(f"no step is called {name}")

    async def run(self):
        async with httpx.AsyncClient(auth=self.provider, transport=self.wire, timeout=30) as http:
            streams = streamable_http_client(self.options.url, http_client=http)
            if IS_FIRST:
                async with streams as (reading, writing, _), mcp.ClientSession(reading, writing) as session:
                    await session.initialize()
                    await self.steps(session)
            else:
                async with mcp.Client(streams) as client:
                    await self.steps(client)

    async def steps(self, session):
        for name in self.options.steps:
            await self.step(name, session)


def innermost(error):
    """The first failure inside the groups that the SDK's tasks make."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--url", required=True)
    parser.add_argument("--state", required=True)
    parser.add_argument("--redirect", default="http://127.0.0.1:39017/callback")
    parser.add_argument("--auth-method", default="none", help="empty: none is asked for")
    parser.add_argument("--scope")
    parser.add_argument("--text", default="hello")
    parser.add_argument("--decision", default="allow")
    parser.add_argument("--client-metadata-url")
    parser.add_argument("--without-resource-metadata", action="store_true")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("steps", nargs="+")
    options = parser.parse_args()
    # The SDK logs the failures that it raises as well.
    logging.disable(logging.ERROR)
    application = Application(options)

    async def limited():
        with anyio.fail_after(options.seconds):
            await application.run()

    try:
        anyio.run(limited)
    except Exception as error:
        found = innermost(error)
        application.result["error"] = f"{type(found).__name__}: {found}"
    print(json.dumps(application.result | application.wire.summary()))


if __name__ == "__main__":
    main()
