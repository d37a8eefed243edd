"""An MCP server of the older transport (2024-11-05), on the MCP Python SDK 2.x: events at /sse, messages at /messages/.

Its argument is the prefix that it is told to have. Prints its port as soon as it listens there. With a URL as a second
argument, and perhaps a token as a third, it is a client of that transport instead, and prints the name of the server that
it finds.
"""

import asyncio
import socket
import sys

import uvicorn
from mcp import ClientSession
from mcp.client.sse import sse_client
from mcp.server import Server
from mcp.server.sse import SseServerTransport
from starlette.applications import Starlette
from starlette.routing import Mount, Route


async def connect(url, token=None):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with sse_client(url, headers=headers) as (read, write), ClientSession(read, write) as session:
        result = await session.initialize()
        print(result.server_info.name, flush=True)


def serve(prefix):
    server = Server("two paths")
    transport = SseServerTransport("/messages/")

    class Events:
        async def __call__(self, scope, receive, send):
            async with transport.connect_sse(scope, receive, send) as (read, write):
                await server.run(read, write, server.create_initialization_options())

    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    # One stream under several names, which all announce one path for messages.
    streams = [Route(path, endpoint=Events()) for path in ("/sse", "/mcp", "/mcp2")]
    routes = [*streams, Mount("/messages/", app=transport.handle_post_message)]

    app = Starlette(routes=routes)
    config = uvicorn.Config(app, log_level="warning", root_path=prefix)
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    if len(sys.argv) > 2:
        asyncio.run(connect(*sys.argv[2:]))
    else:
        serve(sys.argv[1])
