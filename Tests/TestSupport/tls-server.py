"""A TLS server on loopback whose answers go by the path. usage: tls-server.py FOLDER

Makes an authority (FOLDER/ca.pem) and a certificate by it for document.example and the addresses of loopback. Prints
`port N MARKER` when it listens, `accept ADDRESS` for each connection, `request PATH` for each request, and `mark PORT`
for each connection from PORT to the port MARKER: what happened before is printed before.
"""

import gzip
import json
import socket
import ssl
import subprocess
import sys
import threading

HOST = "document.example"
ADDRESSES = ["127.0.0.1", "127.0.0.2", "::1"]
printing = threading.Lock()


def say(*words):
    with printing:
        print(*words, flush=True)


def head(status, *fields):
    return ("\r\n".join([f"HTTP/1.1 {status}", *fields]) + "\r\n\r\n").encode()


def whole(body, *fields, status="200 OK"):
    return head(status, f"Content-Length: {len(body)}", "Content-Type: application/json", *fields) + body


def chunk(body):
    return f"{len(body):x}\r\n".encode() + body + b"\r\n"


def answer(connection, path, request, stop):
    """Answers one request; false ends the connection."""
    name, _, argument = path.strip("/").partition("/")
    if name == "ok":
        connection.sendall(whole(b'{"ok":true}', 'ETag: "one"', "Cache-Control: max-age=60", "cache-control: public"))
    elif name == "document":
        # A client metadata document with this URL as its id.
        fields = dict(line.split(": ", 1) for line in request.decode().split("\r\n")[1:] if line)
        freshness = ["Cache-Control: max-age=60", 'ETag: "one"']
        if fields.get("If-None-Match") == '"one"':
            connection.sendall(head("304 Not Modified", *freshness))
        else:
            url = f"https://{fields['Host']}{path}"
            client = {"client_id": url, "client_name": "Document client", "redirect_uris": [f"{url}/callback"]}
            connection.sendall(whole(json.dumps(client).encode(), *freshness))
    elif name == "echo":
        connection.sendall(whole(request))
    elif name == "status":
        connection.sendall(whole(b"{}", status=f"{argument} Status"))
    elif name == "redirect":
        connection.sendall(whole(b"", "Location: /ok", status=f"{argument} Elsewhere"))
    elif name == "body":
        connection.sendall(whole(b"x" * int(argument)))
    elif name == "lying":
        # Announces little and sends much.
        connection.sendall(head("200 OK", "Content-Length: 10", "Connection: close") + b"x" * 100_000)
        return False
    elif name == "announced":
        connection.sendall(head("200 OK", f"Content-Length: {argument}"))
        stop.wait(5)
        return False
    elif name == "short":
        connection.sendall(head("200 OK", "Content-Length: 100") + b"x" * 10)
        return False
    elif name == "unframed":
        connection.sendall(head("200 OK", "Connection: close") + b"x" * int(argument))
        return False
    elif name == "endless":
        connection.sendall(head("200 OK", "Transfer-Encoding: chunked"))
        while not stop.is_set():
            connection.sendall(chunk(b"x" * 1000))
    elif name == "gzip":
        bomb = gzip.compress(b"0" * 10_000_000)[:4000]
        connection.sendall(whole(bomb, "Content-Encoding: gzip"))
    elif name == "coded":
        bomb = gzip.compress(b"0" * 1000)
        connection.sendall(head("200 OK", f"Transfer-Encoding: {argument}, chunked") + chunk(bomb) + chunk(b""))
    elif name == "drip":
        connection.sendall(head("200 OK", "Content-Length: 1000"))
        while not stop.wait(0.02):
            connection.sendall(b"x")
    elif name == "silent":
        stop.wait(30)
        return False
    elif name == "reset":
        return False
    elif name == "head":
        connection.sendall(whole(b"{}", *[f"X-{number}: {'x' * 1000}" for number in range(int(argument))]))
    elif name == "interim":
        connection.sendall(head("103 Early Hints", 'ETag: "early"') + whole(b"{}"))
    elif name == "garbage":
        connection.sendall(b"220 mail.example ESMTP\r\n")
        return False
    else:
        connection.sendall(whole(b"{}", status="404 Not Found"))
    return True


def serve(raw, context, stop):
    try:
        raw.settimeout(30)
        with context.wrap_socket(raw, server_side=True) as connection:
            while True:
                request = b""
                while b"\r\n\r\n" not in request:
                    more = connection.recv(65536)
                    if not more:
                        return
                    request += more
                path = request.split(b" ")[1].decode()
                say("request", path)
                if not answer(connection, path, request, stop):
                    return
    except OSError:
        pass


def accept(listener, context, stop):
    while True:
        raw, address = listener.accept()
        say("accept", listener.getsockname()[0])
        threading.Thread(target=serve, args=(raw, context, stop), daemon=True).start()


def listen(address, port):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((address, port))
    listener.listen(512)
    return listener


def make_certificates(folder):
    def openssl(*arguments):
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)

    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc"]
    openssl("req", "-x509", "-days", "2", "-subj", "/CN=Authority", "-out", "ca.pem", "-keyout", "ca.key", *key)
    openssl("req", "-subj", f"/CN={HOST}", "-out", "server.csr", "-keyout", "server.key", *key)
    names = [f"DNS:{HOST}"] + [f"IP:{address}" for address in ADDRESSES]
    with open(f"{folder}/names", "w", encoding="ascii") as file:
        file.write(f"subjectAltName={','.join(names)}\n")
    authority = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-extfile", "names"]
    openssl("x509", "-req", "-days", "2", "-in", "server.csr", "-out", "server.pem", *authority)


def main():
    folder = sys.argv[1]
    make_certificates(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(f"{folder}/server.pem", f"{folder}/server.key")
    stop = threading.Event()
    first = listen(ADDRESSES[0], 0)
    port = first.getsockname()[1]
    listeners = [first]
    for address in ADDRESSES[1:]:
        try:
            listeners.append(listen(address, port))
        except OSError:
            pass  # no IPv6 here
    for listener in listeners:
        threading.Thread(target=accept, args=(listener, context, stop), daemon=True).start()
    marker = listen(ADDRESSES[0], 0)
    say("port", port, marker.getsockname()[1])
    # Whoever started it ends it; if that fails, it ends itself.
    marker.settimeout(600)
    while True:
        connection, address = marker.accept()
        say("mark", address[1])
        connection.close()


main()
