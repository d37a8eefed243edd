"""A server whose disk is full."""

import os
import random
import subprocess
import time

from checks import expect, is_active
from deployment import Refused


def fill(path, room=0):
    """Takes what room is left on the disk, but for so many bytes."""
    with open(path, "ab", buffering=0) as file:
        for size in (65536, 4096, 512, 64, 1):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                pass
    os.truncate(path, os.path.getsize(path) - room)


def full_disk(deployment, person, disk):
    """Writes are refused while there is no room, and nothing is handed out that was not stored."""
    deployment.start()
    outside, inside = deployment.outside(), deployment.inside()
    path = deployment.paths["token"]
    codes = [person.code() for _ in range(30)]
    for code in codes:
        expect(isinstance(code, str), str(code))
    tokens, refreshes, clients = {}, [], []

    def post(target, pairs):
        return outside.post(deployment.paths[target], pairs)

    def take(answer):
        tokens[answer.member("access_token")] = True
        return answer.member("refresh_token")

    for code in codes[:20]:
        refreshes.append(take(post("token", deployment.redemption(code))))
    codes = codes[20:]
    fill(os.path.join(disk, "filler"))

    refused, started = {}, time.monotonic()

    def judge(name, answer, success):
        """True when it was done; otherwise the refusal is the one that is promised."""
        if answer.status == success:
            return True
        refused[name] = refused.get(name, 0) + 1
        expect(answer.status == 503, f"{name} on a full disk: {answer}")
        expect((answer.field("retry-after") or "").isdigit(), f"{name} on a full disk has no Retry-After")
        expect("token" not in answer.body, f"{name} on a full disk: {answer}")
        return False

    def register():
        answer = outside.ask(
            "POST", deployment.paths["register"], [("Content-Type", "application/json")],
            f'{{"redirect_uris":["{deployment.redirect}"],"token_endpoint_auth_method":"none"}}')
        if judge("register", answer, 201):
            clients.append((answer.member("client_id"), answer.member("registration_access_token")))

    def renew(index):
        answer = post("token", deployment.refreshing(refreshes[index]))
        if judge("refresh", answer, 200):
            refreshes[index] = take(answer)

    def redeem():
        answer = post("token", deployment.redemption(codes[-1]))
        if judge("redeem", answer, 200):
            codes.pop()
            refreshes.append(take(answer))

    def revoke():
        token = random.choice([token for token, active in tokens.items() if active])
        answer = post("revoke", {"token": token, "client_id": deployment.client})
        if judge("revoke", answer, 200):
            tokens[token] = False

    # With ever less room, until the last write that has room and the first that has none.
    for room in (262_144, 65_536, 16_384, 4_096, 0):
        fill(os.path.join(disk, "filler"), room)
        refused.clear()
        while not {"register", "refresh"} <= set(refused) and time.monotonic() - started < 60:
            register()
            renew(random.randrange(len(refreshes)))
    for _ in range(20):
        register()
        renew(0)
        redeem()
        revoke()
    expect(len(refused) == 4, f"refused for want of room: {refused}")

    def log():
        with open(deployment.errors, encoding="utf-8") as file:
            return [line for line in file if f"{deployment.database}: " in line]

    expect(inside.ask("GET", "/readyz").status == 503, "ready on a full disk")
    expect(len(log()) == 1 and "disk is full" in log()[0], f"told on a full disk: {log()}")
    check = subprocess.run([*deployment.command, "--check"], capture_output=True, text=True)
    expect(check.returncode == 3 and "no room" in check.stderr, f"--check on a full disk: {check}")

    def verify(moment):
        for token, active in tokens.items():
            found = is_active(inside, deployment, token)
            expect(found == active, f"{moment}, a token is {'active' if found else 'not active'}, was told otherwise")

    verify("on a full disk")
    expect(not is_active(inside, deployment, "cgat_unknown"), "an unknown token is active on a full disk")
    page = person.code()
    # The client may be told, by a redirect: it is known and so is its URI (RFC 6749 §4.1.2.1).
    expect(
        isinstance(page, Refused)
        and (page.answer.status == 503 or "error=temporarily_unavailable" in (page.answer.field("location") or "")),
        f"an authorization on a full disk: {page}")

    os.remove(os.path.join(disk, "filler"))
    started = time.monotonic()
    before = dict(refused)
    while True:
        refused.clear()
        register()
        if not refused or time.monotonic() - started > 10:
            break
        time.sleep(0.02)
    recovery = time.monotonic() - started
    expect(recovery < 1, f"recovered after {recovery:.2f} s")
    while inside.ask("GET", "/readyz").status != 200 and time.monotonic() - started < 10:
        time.sleep(0.02)
    # The server may answer that it is ready before the line about it is written.
    while len(log()) < 2 and time.monotonic() - started < 10:
        time.sleep(0.02)
    expect(len(log()) == 2 and "works again" in log()[1], f"told when there was room again: {log()}")
    # What was refused was not consumed.
    while codes:
        count = len(codes)
        redeem()
        if not expect(len(codes) < count, "a code that was refused for want of room is lost"):
            break
    for index in range(len(refreshes)):
        renew(index)
    revoke()
    expect(not refused, f"with room again: {refused}")
    expect(isinstance(person.code(), str), "no authorization with room again")
    verify("with room again")

    deployment.kill()
    expect(deployment.start(), "the server does not start")
    verify("after a kill")
    for name, token in clients:
        answer = outside.ask(
            "GET", f"{deployment.paths['register']}/{name}", [("Authorization", f"Bearer {token}")])
        expect(answer.status == 200, f"a client is lost: {answer}")
    for index in range(len(refreshes)):
        renew(index)
    expect(deployment.stop() == 0, "the server did not end well")
    print(f"refused {before}, recovered after {recovery * 1000:.0f} ms, {len(tokens)} tokens and {len(clients)} clients held")
