"""connectorgen-auth as a process behind its two unix sockets, and what browsers and clients say to it."""

import base64
import hashlib
import html
import json
import re
import signal
import socket
import subprocess
import time
import urllib.parse

VERIFIER = "v" * 43
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")
FORM = "application/x-www-form-urlencoded"


class Lost(Exception):
    """The connection ended before the answer was whole: nothing was acknowledged."""


class Answer:
    def __init__(self, status, fields, body):
        self.status, self.fields, self.body = status, fields, body

    def field(self, name):
        return next((value for field, value in self.fields if field == name), None)

    def member(self, name):
        try:
            return json.loads(self.body).get(name)
        except (ValueError, AttributeError):
            return None

    @property
    def outcome(self):
        return f"{self.status} {self.member('error') or ''}".strip()

    def __str__(self):
        return f"{self.status} {self.body[:200]!r}"


class Connection:
    """One connection that is kept alive, and opened anew to a new process. `begin` sends all but the last byte, `end` that one: the requests of many
    connections then arrive as close to each other as can be."""

    def __init__(self, deployment, path, timeout=30):
        self.deployment, self.path, self.timeout = deployment, path, timeout
        self.socket, self.buffer, self.last, self.process = None, b"", b"", None

    def open(self):
        self.buffer, self.process = b"", self.deployment.process
        is_file = self.path.startswith("/")
        host, _, port = self.path.rpartition(":")
        self.socket = socket.socket(socket.AF_UNIX if is_file else socket.AF_INET)
        self.socket.settimeout(self.timeout)
        try:
            self.socket.connect(self.path if is_file else (host, int(port)))
        except OSError as error:
            self.close()
            raise Lost(str(error)) from error

    def close(self):
        if self.socket is not None:
            self.socket.close()
            self.socket = None

    def begin(self, method, target, fields=(), body=""):
        if self.process is not self.deployment.process:
            self.close()
        if self.socket is None:
            self.open()
        lines = [f"{method} {target} HTTP/1.1", f"Host: {self.deployment.host}"]
        lines += [f"{name}: {value}" for name, value in fields]
        lines += [f"Content-Length: {len(body.encode())}"] if body or method == "POST" else []
        request = ("\r\n".join(lines) + "\r\n\r\n" + body).encode()
        self.last = request[-1:]
        self._send(request[:-1])

    def end(self):
        self._send(self.last)

    def answer(self):
        """Reads one answer. Those to HEAD are not asked for here."""
        while b"\r\n\r\n" not in self.buffer:
            self._fill()
        head, self.buffer = self.buffer.split(b"\r\n\r\n", 1)
        lines = head.decode("latin-1").split("\r\n")
        fields = [tuple(part.strip() for part in line.split(":", 1)) for line in lines[1:]]
        fields = [(name.lower(), value) for name, value in fields]
        length = int(next((value for name, value in fields if name == "content-length"), "0"))
        while len(self.buffer) < length:
            self._fill()
        body, self.buffer = self.buffer[:length], self.buffer[length:]
        if ("connection", "close") in [(name, value.lower()) for name, value in fields]:
            self.close()
        return Answer(int(lines[0].split(" ")[1]), fields, body.decode("utf-8", "replace"))

    def ask(self, method, target, fields=(), body=""):
        self.begin(method, target, fields, body)
        self.end()
        return self.answer()

    def post(self, target, pairs, fields=()):
        return self.ask("POST", target, [("Content-Type", FORM), *fields], urllib.parse.urlencode(pairs))

    def _send(self, data):
        try:
            self.socket.sendall(data)
        except OSError as error:
            self.close()
            raise Lost(str(error)) from error

    def _fill(self):
        try:
            more = self.socket.recv(65536)
        except OSError as error:
            self.close()
            raise Lost(str(error)) from error
        if not more:
            self.close()
            raise Lost("closed")
        self.buffer += more


class Deployment:
    """The process, and what its config says. A config of the tests listens on unix sockets, or on IPv4 addresses."""

    def __init__(self, executable, config, errors, arguments=()):
        # It ends with us, however we end.
        self.command = ["setpriv", "--pdeathsig", "KILL", executable, "--config", config, *arguments]
        self.errors = errors
        with open(config) as file:
            parsed = json.load(file)
        self.public = parsed["listen"].removeprefix("unix:")
        self.private = parsed["private_listen"].removeprefix("unix:")
        self.paths = {entry["name"]: entry["path"] for entry in parsed["endpoints"]}
        self.document = parsed["documents"][0]["locations"][0]["path"]
        self.client = parsed["clients"][0]["id"]
        self.redirect = parsed["redirects"][0]["uri"]
        self.resource = parsed["resources"][0]["resource"]
        self.host = urllib.parse.urlsplit(parsed["issuer"]).netloc
        self.database = (parsed["store"] or {}).get("sqlite")
        self.process = None

    def start(self, patience=30):
        """Starts it and waits until it is ready; True when it is."""
        with open(self.errors, "ab") as errors:
            self.process = subprocess.Popen(self.command, stderr=errors)
        limit = time.monotonic() + patience
        while self.process.poll() is None:
            try:
                if self.inside().ask("GET", "/readyz").status == 200:
                    return True
            except Lost:
                pass
            if time.monotonic() > limit:
                raise SystemExit("the server is not ready in time")
            time.sleep(0.002)
        return False

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)

    def outside(self):
        return Connection(self, self.public)

    def inside(self):
        return Connection(self, self.private)

    def authorization(self, client=None):
        return self.paths["authorize"] + "?" + urllib.parse.urlencode({
            "response_type": "code", "client_id": client or self.client, "redirect_uri": self.redirect, "state": "s",
            "code_challenge": CHALLENGE, "code_challenge_method": "S256", "scope": "mcp.tools"})

    def redemption(self, code, client=None):
        return {
            "grant_type": "authorization_code", "code": code, "client_id": client or self.client,
            "redirect_uri": self.redirect, "code_verifier": VERIFIER}

    def refreshing(self, token, client=None):
        return {"grant_type": "refresh_token", "refresh_token": token, "client_id": client or self.client}

    def verification(self, token):
        return [("X-MCP-Resource", self.resource), ("Authorization", f"Bearer {token}")]


class Person:
    """A browser with a person before it who always agrees."""

    def __init__(self, deployment, user, password):
        self.deployment, self.user, self.password = deployment, user, password
        self.connection, self.cookies = deployment.outside(), {}

    def code(self, client=None):
        """Agrees to one authorization request, after a login where there was none; the code of the redirect."""
        page = self._ask("GET", self.deployment.authorization(client))
        if 'name="password"' in page.body:
            page = self._submit(page, [("username", self.user), ("password", self.password)])
        if page.status == 200:
            page = self._submit(page, [("decision", "allow")])
        found = re.search(r"[?&]code=([^&]+)", page.field("location") or "")
        return urllib.parse.unquote(found.group(1)) if found else Refused(page)

    def _submit(self, page, values):
        action = html.unescape(re.search(r'<form [^>]*action="([^"]*)"', page.body).group(1))
        hidden = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', page.body)
        pairs = [(html.unescape(name), html.unescape(value)) for name, value in hidden]
        return self._ask("POST", action, urllib.parse.urlencode(pairs + values))

    def _ask(self, method, target, body=""):
        fields = [("Content-Type", FORM)] if method == "POST" else []
        if self.cookies:
            fields.append(("Cookie", "; ".join(f"{name}={value}" for name, value in self.cookies.items())))
        answer = self.connection.ask(method, target, fields, body)
        for name, value in answer.fields:
            if name == "set-cookie":
                key, _, content = value.split(";", 1)[0].partition("=")
                self.cookies[key] = content
                if not content:
                    del self.cookies[key]
        return answer


class Refused:
    """No code, and the answer that came instead."""

    def __init__(self, answer):
        self.answer = answer

    def __str__(self):
        return f"no code: {self.answer}"
