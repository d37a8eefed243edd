"""What a trial holds the server to, and the promises that were broken."""

import sys

failures = []


def expect(holds, text):
    if not holds:
        failures.append(text)
        if len(failures) <= 40:
            print(text, file=sys.stderr, flush=True)
    return holds


def is_active(connection, deployment, token):
    return connection.ask("GET", "/_verify", deployment.verification(token)).status == 200
