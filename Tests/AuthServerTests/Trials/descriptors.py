"""A server that has no file descriptors left. It is asked for nothing in particular, which it answers with 400."""

import os
import socket
import time

from checks import expect
from deployment import Lost

LIMIT = 64


def descriptors(deployment, person):
    """More clients than it may have descriptors: who is there is served, nothing spins, and it goes on afterwards."""
    deployment.command = ["prlimit", f"--nofile={LIMIT}:{LIMIT}", *deployment.command]
    if not expect(deployment.start(), "the server does not start"):
        return
    kept, target = deployment.outside(), deployment.paths["authorize"]
    expect(kept.ask("GET", target).status == 400, "no answer")
    held = [connected(deployment.public) for _ in range(3 * LIMIT)]
    limit = time.monotonic() + 10
    while len(os.listdir(f"/proc/{deployment.process.pid}/fd")) < LIMIT - 1 and time.monotonic() < limit:
        time.sleep(0.01)
    before = processor_time(deployment.process.pid)
    for _ in range(50):
        expect(kept.ask("GET", target).status == 400, "who is there is not served")
        time.sleep(0.02)
    used = processor_time(deployment.process.pid) - before
    expect(used < 0.2, f"{used:.2f} s of processor time in a second of nothing")
    for client in held:
        client.close()
    expect(recovers(deployment, target), "nobody new is served after the others left")
    expect(deployment.stop() == 0, "the server did not end well")
    print(f"{len(held)} clients with {LIMIT} descriptors, {used:.2f} s of processor time meanwhile")


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
