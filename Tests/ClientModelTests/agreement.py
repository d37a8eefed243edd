"""Sends an application on the MCP Python SDK through deployments that are tables, each with the way in that it takes.

Reads a JSON list of deployments and prints what became of each: the origin that stood for `{origin}`, the requests, and
the error of the SDK, null where a request with a fresh token was let through.

A deployment has `answers`, by `METHOD /path`, of everything that the SDK asks but two: the transport `POST /mcp` answers
`accepted` once a token is shown, and a person who is sent to one of the paths in `authorize` comes back with a code and
with `iss`, unless that is null.
"""

import http.server
import importlib.metadata
import json
import logging
import sys
import threading
import urllib.parse

import anyio
import mcp
from mcp.client.auth import OAuthClientProvider
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.auth import OAuthClientMetadata

IS_FIRST = importlib.metadata.version("mcp").startswith("1.")
if IS_FIRST:
    import httpx
else:
    import httpx2 as httpx
    from mcp.shared.auth import AuthorizationCodeResult

REDIRECT = "http://127.0.0.1:33418/callback"


class LetThrough(Exception):
    """A request with a token was answered."""


class Table(http.server.ThreadingHTTPServer):
    daemon_threads = True
    deployment = None

    @property
    def origin(self):
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        deployment = self.server.deployment
        if self.command == "POST" and self.path == "/mcp" and self.headers.get("Authorization"):
            found = {"status": deployment["accepted"]}
        else:
            found = deployment["answers"].get(f"{self.command} {self.path}", {"status": 404})
        body = found.get("body", "").replace("{origin}", self.server.origin).encode()
        self.send_response(found["status"])
        for name, value in found.get("headers", {}).items():
            self.send_header(name, value.replace("{origin}", self.server.origin))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_DELETE = answer

    def log_message(self, *_):
        pass


class Memory:
    tokens = client = None

    async def get_tokens(self):
        return self.tokens

    async def set_tokens(self, tokens):
        self.tokens = tokens

    async def get_client_info(self):
        return self.client

    async def set_client_info(self, client_info):
        self.client = client_info


class Wire(httpx.AsyncHTTPTransport):
    def __init__(self, origin):
        super().__init__()
        self.origin, self.requests = origin, []

    async def handle_async_request(self, request):
        response = await super().handle_async_request(request)
        self.requests.append(f"{request.method} {request.url.raw_path.decode()} {response.status_code}")
        if request.url.path == "/mcp" and request.headers.get("Authorization") and response.status_code != 401:
            raise LetThrough
        return response


class Person:
    def __init__(self, deployment, origin):
        self.deployment, self.origin, self.back = deployment, origin, {}

    async def sent_to(self, url):
        parts = urllib.parse.urlsplit(url)
        asked = dict(urllib.parse.parse_qsl(parts.query))
        self.back = {"state": asked["state"]}
        if f"{parts.scheme}://{parts.netloc}" == self.origin and parts.path in self.deployment["authorize"]:
            self.back["code"] = "code"
        if self.deployment["iss"] is not None:
            self.back["iss"] = self.deployment["iss"].replace("{origin}", self.origin)

    async def comes_back(self):
        code, state = self.back.get("code", ""), self.back["state"]
        return (code, state) if IS_FIRST else AuthorizationCodeResult(code=code, state=state, iss=self.back.get("iss"))


async def connect(deployment, table):
    table.deployment = deployment
    person, wire, url = Person(deployment, table.origin), Wire(table.origin), f"{table.origin}/mcp"
    provider = OAuthClientProvider(
        server_url=url,
        client_metadata=OAuthClientMetadata(
            client_name="A client of the tests", redirect_uris=[REDIRECT], token_endpoint_auth_method="none"),
        storage=Memory(), redirect_handler=person.sent_to, callback_handler=person.comes_back)
    error = "nothing happened"
    try:
        with anyio.fail_after(20):
            async with httpx.AsyncClient(auth=provider, transport=wire, timeout=10) as client:
                streams = streamable_http_client(url, http_client=client)
                if IS_FIRST:
                    async with streams as (reading, writing, _), mcp.ClientSession(reading, writing) as session:
                        await session.initialize()
                else:
                    async with mcp.Client(streams):
                        pass
    except BaseException as caught:
        while isinstance(caught, BaseExceptionGroup):
            caught = caught.exceptions[0]
        error = None if isinstance(caught, LetThrough) else f"{caught}"
    return {"origin": table.origin, "requests": wire.requests, "error": error}


async def main():
    logging.disable(logging.CRITICAL)
    table = Table(("127.0.0.1", 0), Handler)
    threading.Thread(target=table.serve_forever, daemon=True).start()
    print(json.dumps([await connect(deployment, table) for deployment in json.load(sys.stdin)]))
    table.shutdown()


anyio.run(main)
