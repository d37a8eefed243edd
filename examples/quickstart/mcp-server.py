#!/usr/bin/env python3
"""The smallest MCP server that answers: JSON-RPC over HTTP with one tool, on http://127.0.0.1:3930/mcp.

It checks no token. nginx lets nobody through who has none, takes the token off, and says in X-MCP-* who is calling.
"""

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOOL = {"name": "whoami", "description": "Tells who is calling", "inputSchema": {"type": "object"}}


def answer(method, headers):
    match method:
        case "initialize":
            server = {"name": "quickstart", "version": "1.0.0"}
            return {"protocolVersion": "2025-06-18", "capabilities": {"tools": {}}, "serverInfo": server}
        case "tools/list":
            return {"tools": [TOOL]}
        case "tools/call":
            told = {name: headers[name] for name in headers if name.startswith("X-MCP-") or name == "Authorization"}
            return {"content": [{"type": "text", "text": json.dumps(told)}]}
    return None


class Server(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        result = answer(message["method"], self.headers)
        outcome = {"result": result} if result else {"error": {"code": -32601, "message": "no such method"}}
        body = json.dumps({"jsonrpc": "2.0", "id": message.get("id")} | outcome).encode()
        # A notification has no id and gets no answer but that it came.
        self.send_response(200 if "id" in message else 202)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body) if "id" in message else 0))
        self.end_headers()
        if "id" in message:
            self.wfile.write(body)

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int((sys.argv + ["3930"])[1])), Server).serve_forever()
