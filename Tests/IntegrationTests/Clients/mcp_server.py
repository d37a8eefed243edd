"""A small MCP server on the MCP Python SDK 2.x, behind nginx: it says who it was told the caller is.

It checks nothing itself. Prints its port as soon as it listens there.
"""

import json
import socket

import uvicorn
from mcp.server.mcpserver import Context, MCPServer

server = MCPServer("whoami")


@server.tool()
def whoami(text: str, ctx: Context) -> str:
    """Gives back the text, and the headers of the request that brought it."""
    return json.dumps({"text": text, "headers": [list(pair) for pair in ctx.headers.items()]})


if __name__ == "__main__":
    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    config = uvicorn.Config(server.streamable_http_app(), log_level="warning", lifespan="on")
    uvicorn.Server(config).run(sockets=[listener])
