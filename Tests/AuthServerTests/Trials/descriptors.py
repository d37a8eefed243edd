"""A server that has no file descriptors left. It is asked for nothing in particular, which it answers with 400."""

import os
import socket
import time

from checks import expect
from deployment import Lost

LIMIT = 64


def descriptors(deployment, person):
    """More clients than it may have descriptors: new ones are served on both sides, nothing spins, and it goes on."""
    deployment.command = ["prlimit", f"--nofile={LIMIT}:{LIMIT}", *deployment.command]
    if not expect(deployment.start(), "the server does not start"):
        return
    target = deployment.paths["authorize"]
    expect(deployment.outside().ask("GET", target).status == 400, "no answer")
    held = [connected(deployment.public) for _ in range(3 * LIMIT)]
    # Answered behind them, so all of them were let in, and most had to give way.
    expect(deployment.outside().ask("GET", target).status == 400, "a new client is not served")
    before = processor_time(deployment.process.pid)
    for _ in range(50):
        expect(deployment.outside().ask("GET", target).status == 400, "a new client is not served")
        expect(deployment.inside().ask("GET", "/livez").status == 200, "the private side has no place left")
        time.sleep(0.02)
    free = LIMIT - len(os.listdir(f"/proc/{deployment.process.pid}/fd"))
    expect(free >= 16, f"{free} descriptors are left for the store and for fetches")
    used = processor_time(deployment.process.pid) - before
    expect(used < 0.2, f"{used:.2f} s of processor time in a second of nothing")
    for client in held:
        client.close()
    expect(recovers(deployment, target), "nobody new is served after the others left")
    expect(deployment.stop() == 0, "the server did not end well")
    print(f"{len(held)} clients with {LIMIT} descriptors, {free} of them free, {used:.2f} s of processor time meanwhile")


def connected(path):
    client = socket.socket(socket.AF_UNIX)
    client.settimeout(5)
    client.connect(path)
    return client


def recovers(deployment, target):
    limit = time.monotonic() + 10
    while time.monotonic() < limit:
        connection = deployment.outside()
        try:
            if connection.ask("GET", target).status == 400:
                return True
        except Lost:
            connection.close()
    return False


def processor_time(pid):
    """Seconds."""
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
