"""Good clients while a thousand rest and two hundred send byte by byte, over loopback on the public listener.

Open loop: each good request has its moment, and its time counts from that moment, however late it could be sent or the
one before it was answered. What the driver itself was late is told beside it.
"""

import asyncio
import json
import os
import re
import resource
import time
import urllib.parse

from checks import expect
from deployment import FORM

RESTING = 1000
SLOW = 200
RATE = 50
# What is promised.
ANSWERED = 0.999
SECONDS_OF_99 = 0.25
MEBIBYTES = 64
# A request that takes longer counts as not answered.
PATIENCE = 10
# Seconds until a client that was sent away comes back.
PAUSE = 1
# Between two bytes of a slow one.
DRIP = 0.25


class Load:
    def __init__(self, deployment, tokens):
        # Each refresh token is used by one request at a time, as by one client.
        self.deployment, self.tokens = deployment, tokens
        self.host, _, port = deployment.public.rpartition(":")
        self.port = int(port)
        self.resting = self.most_resting = self.turned_away = 0
        self.times, self.late, self.lost = [], 0.0, []
        self.resident = 0.0

    async def run(self, seconds):
        """The good ones for so many seconds, once all the others are there."""
        others = [asyncio.create_task(self.rest(number)) for number in range(RESTING)]
        others += [asyncio.create_task(self.drip()) for _ in range(SLOW)]
        others.append(asyncio.create_task(self.watch()))
        try:
            limit = time.monotonic() + 30
            while self.resting < RESTING * 0.9 and time.monotonic() < limit:
                await asyncio.sleep(0.05)
            start = time.monotonic()
            good = []
            for number in range(int(RATE * seconds)):
                due = start + number / RATE
                await asyncio.sleep(max(0, due - time.monotonic()))
                self.late = max(self.late, time.monotonic() - due)
                good.append(asyncio.create_task(self.ask(number, due)))
            await asyncio.gather(*good)
        finally:
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)

    # The good ones: a document, the first page of an authorization, and a refresh, each on a connection of its own.

    async def ask(self, number, due):
        token = self.tokens.pop() if number % 3 == 2 else None
        request = self.refresh(token) if token else [self.document, self.page][number % 2]()
        try:
            found, body = await asyncio.wait_for(self.exchange(request), PATIENCE)
        except (OSError, asyncio.TimeoutError, asyncio.IncompleteReadError, ValueError) as error:
            self.lost.append(f"{type(error).__name__} {error}")
            return
        self.times.append(time.monotonic() - due)
        if found != 200:
            self.lost.append(f"{found} {body[:80]!r}")
        elif token:
            self.tokens.insert(0, json.loads(body)["refresh_token"])

    async def exchange(self, request):
        reader, writer = await asyncio.open_connection(self.host, self.port)
        try:
            writer.write(request)
            return await answer(reader)
        finally:
            writer.close()

    def document(self):
        return self.head("GET", self.deployment.document)

    def page(self):
        return self.head("GET", self.deployment.authorization())

    def refresh(self, token):
        body = urllib.parse.urlencode(self.deployment.refreshing(token))
        return self.head("POST", self.deployment.paths["token"], body)

    def head(self, method, target, body="", more=""):
        fields = f"Content-Type: {FORM}\r\nContent-Length: {len(body)}\r\n" if method == "POST" else ""
        return f"{method} {target} HTTP/1.1\r\nHost: {self.deployment.host}\r\n{fields}{more}\r\n{body}".encode()

    # The others.

    async def rest(self, number):
        """Stays for as long as it is let; every tenth has asked for something first."""
        while True:
            writer = None
            try:
                reader, writer = await asyncio.open_connection(self.host, self.port)
                if number % 10 == 0:
                    writer.write(self.head("GET", "/livez"))
                    await answer(reader)
                self.resting += 1
                self.most_resting = max(self.most_resting, self.resting)
                try:
                    await reader.read()
                finally:
                    self.resting -= 1
            except (OSError, asyncio.IncompleteReadError, ValueError):
                pass
            finally:
                if writer is not None:
                    writer.close()
            self.turned_away += 1
            await asyncio.sleep(PAUSE)

    async def drip(self):
        """Sends a token request a byte at a time, and begins again when the server has had enough of it."""
        request = self.head("POST", self.deployment.paths["token"], "grant_type=" + "x" * 4000)
        while True:
            writer = None
            try:
                _, writer = await asyncio.open_connection(self.host, self.port)
                # The head comes in a few pieces, so that both parts of a request are tried.
                for byte in [request[:1], request[1:40], *(bytes([byte]) for byte in request[40:])]:
                    writer.write(byte)
                    await writer.drain()
                    await asyncio.sleep(DRIP)
            except OSError:
                pass
            finally:
                if writer is not None:
                    writer.close()
            await asyncio.sleep(PAUSE)

    async def watch(self):
        while True:
            self.resident = max(self.resident, resident(self.deployment.process.pid))
            await asyncio.sleep(0.2)


async def answer(reader):
    """Status and body of one whole answer."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    length = re.search(r"(?i)\r\ncontent-length: (\d+)", head)
    body = await reader.readexactly(int(length.group(1)) if length else 0)
    return int(head.split(" ", 2)[1]), body


def resident(pid):
    """Mebibytes."""
    with open(f"/proc/{pid}/status") as file:
        return int(re.search(r"VmRSS:\s+(\d+)", file.read()).group(1)) / 1024


def load(deployment, person, seconds):
    """50 good requests a second for so long, among 1,000 clients that rest and 200 that send byte by byte."""
    if not expect(deployment.start(), "the server does not start"):
        return
    idle = resident(deployment.process.pid)
    outside = deployment.outside()
    tokens = [
        outside.post(deployment.paths["token"], deployment.redemption(person.code())).member("refresh_token")
        for _ in range(RATE)]
    # The server has taken what it needs by itself; this is for our side of the connections.
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 4096), most))
    trial = Load(deployment, tokens)
    asyncio.run(trial.run(seconds))
    times = sorted(trial.times)
    asked = int(RATE * seconds)
    share = (asked - len(trial.lost)) / asked
    for text in sorted(set(trial.lost)):
        print(f"lost, {trial.lost.count(text)} times: {text}")
    at = {name: times[min(len(times) - 1, int(len(times) * part))] * 1000
          for name, part in [("p50", 0.5), ("p99", 0.99), ("p99.9", 0.999)]} if times else {}
    print(
        f"{asked} requests in {seconds} s: {share:.2%} answered, "
        + ", ".join(f"{name} {value:.1f} ms" for name, value in at.items())
        + f", longest {times[-1] * 1000 if times else 0:.1f} ms; the driver was {trial.late * 1000:.1f} ms late at most")
    print(
        f"at most {trial.most_resting} of {RESTING} clients rested at once, {SLOW} sent byte by byte, "
        f"{trial.turned_away} were sent away; {idle:.1f} MiB resident at first, {trial.resident:.1f} MiB at most; "
        f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    expect(share >= ANSWERED, f"{share:.2%} answered, promised {ANSWERED:.1%}")
    expect(at.get("p99", 1e9) <= SECONDS_OF_99 * 1000, f"p99 {at.get('p99', 0):.0f} ms, promised {SECONDS_OF_99 * 1000:.0f}")
    expect(trial.resident < MEBIBYTES, f"{trial.resident:.1f} MiB resident, promised {MEBIBYTES}")
    expect(deployment.stop() == 0, "the server did not end well")
