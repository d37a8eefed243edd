#!/usr/bin/env python3
"""Trials of the running server: races, kills and a full disk.

usage: trial.py races EXECUTABLE CONFIG USER PASSWORD ROUNDS
       trial.py kills EXECUTABLE CONFIG USER PASSWORD KILLS
       trial.py full-disk EXECUTABLE CONFIG USER PASSWORD DISK

Prints what was done; the exit status is 1 when a promise was broken, with a line for each on standard error.
"""

import os
import random
import sqlite3
import sys
import threading
import time

from deployment import Deployment, Lost, Person, Refused

failures = []


def expect(holds, text):
    if not holds:
        failures.append(text)
        if len(failures) <= 40:
            print(text, file=sys.stderr, flush=True)
    return holds


def is_active(connection, deployment, token):
    return connection.ask("GET", "/_verify", deployment.verification(token)).status == 200


# MARK: races


def at_once(connections, deployment, pairs):
    """The answers to one token request that all connections send at the same moment."""
    body = "&".join(f"{name}={value}" for name, value in pairs.items())
    for connection in connections:
        connection.begin(
            "POST", deployment.paths["token"], [("Content-Type", "application/x-www-form-urlencoded")], body)
    for connection in connections:
        connection.end()
    return [connection.answer() for connection in connections]


def races(deployment, person, rounds):
    """64 redemptions of one code, then 64 refreshes of one token."""
    deployment.start()
    connections = [deployment.outside() for _ in range(64)]
    inside = deployment.inside()
    refreshed = 0
    for number in range(rounds):
        code = person.code()
        if not expect(isinstance(code, str), f"round {number}: {code}"):
            break
        answers = at_once(connections, deployment, deployment.redemption(code))
        winners = [answer for answer in answers if answer.status == 200]
        others = {answer.outcome for answer in answers if answer.status != 200}
        expect(len(winners) == 1, f"round {number}: {len(winners)} redemptions succeeded")
        expect(others == {"400 invalid_grant"}, f"round {number}: the losers got {others}")
        if not winners:
            continue
        first = winners[0].member("access_token")
        expect(is_active(inside, deployment, first), f"round {number}: the winner's token is not active")

        answers = at_once(connections, deployment, deployment.refreshing(winners[0].member("refresh_token")))
        outcomes = {answer.outcome for answer in answers}
        expect(outcomes == {"200"}, f"round {number}: the refreshes gave {outcomes}")
        successors = {answer.member("refresh_token") for answer in answers if answer.status == 200}
        expect(len(successors) == 1, f"round {number}: {len(successors)} successors")
        refreshed += len(answers)
        access = random.choice(answers).member("access_token")
        expect(is_active(inside, deployment, access), f"round {number}: a refreshed token is not active")
        expect(is_active(inside, deployment, first), f"round {number}: the first token ended with the refresh")
        again = connections[0].post(deployment.paths["token"], deployment.refreshing(successors.pop()))
        expect(again.status == 200, f"round {number}: the successor gave {again}")
    expect(deployment.stop() == 0, "the server did not end well")
    connection = sqlite3.connect(deployment.database)
    grants, spent = connection.execute(
        "SELECT (SELECT count(*) FROM grants), (SELECT count(*) FROM codes WHERE used_at IS NOT NULL)").fetchone()
    expect(grants == rounds == spent, f"{grants} grants of {spent} codes in {rounds} rounds")
    print(f"{rounds} rounds: {rounds * 64} redemptions, {refreshed} refreshes")


# MARK: kills


class Grant:
    def __init__(self, code, client):
        self.code, self.client = code, client
        self.refresh = None


class Caller:
    """One client after another of its own, so that what must hold does not depend on other callers."""

    def __init__(self, deployment, user, password, seed):
        self.deployment, self.random = deployment, random.Random(seed)
        self.person = Person(deployment, user, password)
        self.connection = deployment.outside()
        self.clients = {}  # id: registration token, or None once it was deleted
        self.grants = []  # those whose refresh token is good
        self.access = {}  # token: whether it is active
        self.of_grant = {}  # grant: its access tokens
        self.doubtful = None  # what was asked without an answer
        self.asked = 0.0  # when
        self.acknowledged = 0
        self.fresh = []  # access tokens whose state was told since the last kill

    def run(self):
        """Asks until the server is gone."""
        try:
            while True:
                self.random.choice([self.register, self.redeem, self.redeem, self.renew, self.renew, self.revoke])()
        except Lost:
            pass
        except Exception as error:  # noqa: BLE001 a caller that ends silently would prove nothing
            expect(False, f"a caller failed with {error!r}")

    def tell(self, token, active):
        self.access[token] = active
        self.fresh.append(token)
        self.acknowledged += 1

    def token(self, pairs):
        return self.connection.post(self.deployment.paths["token"], pairs)

    def register(self):
        gone = self.random.random() < 0.3
        living = [name for name, token in self.clients.items() if token]
        if gone and living:
            name = self.random.choice(living)
            self.doubtful = ("delete", name)
            answer = self.connection.ask("DELETE", *self.management(name))
            if expect(answer.status == 204, f"delete: {answer}"):
                self.clients[name] = None
        else:
            answer = self.connection.ask(
                "POST", self.deployment.paths["register"], [("Content-Type", "application/json")],
                f'{{"redirect_uris":["{self.deployment.redirect}"],"token_endpoint_auth_method":"none"}}')
            if expect(answer.status == 201, f"register: {answer}"):
                self.clients[answer.member("client_id")] = answer.member("registration_access_token")
        self.doubtful = None
        self.acknowledged += 1

    def management(self, name):
        return (
            f"{self.deployment.paths['register']}/{name}", [("Authorization", f"Bearer {self.clients[name]}")])

    def redeem(self):
        code = self.person.code()
        if not expect(isinstance(code, str), str(code)):
            return
        grant = Grant(code, self.deployment.client)
        self.doubtful = ("redeem", grant)
        answer = self.token(self.deployment.redemption(code))
        self.doubtful = None
        if expect(answer.status == 200, f"redeem: {answer}"):
            self.take(grant, answer)

    def take(self, grant, answer):
        if grant not in self.of_grant:
            self.grants.append(grant)
            self.of_grant[grant] = []
        grant.refresh = answer.member("refresh_token")
        self.of_grant[grant].append(answer.member("access_token"))
        self.tell(answer.member("access_token"), True)

    def renew(self):
        if not self.grants:
            return
        grant = self.random.choice(self.grants[-20:])
        self.doubtful, self.asked = ("renew", grant), time.monotonic()
        answer = self.token(self.deployment.refreshing(grant.refresh))
        self.doubtful = None
        if expect(answer.status == 200, f"refresh: {answer}"):
            self.take(grant, answer)

    def revoke(self):
        if not self.grants:
            return
        grant = self.random.choice(self.grants[-20:])
        whole = self.random.random() < 0.5
        tokens = list(self.of_grant[grant]) if whole else [self.random.choice(self.of_grant[grant])]
        token = grant.refresh if whole else tokens[0]
        if whole:
            self.grants.remove(grant)
        self.doubtful = ("revoke", token, tokens)
        self.end(token, tokens)
        self.doubtful = None

    def end(self, token, tokens):
        answer = self.connection.post(
            self.deployment.paths["revoke"], {"token": token, "client_id": self.deployment.client})
        if expect(answer.status == 200, f"revoke: {answer}"):
            for token in tokens:
                self.tell(token, False)

    def settle(self):
        """Asks again what was left without an answer: it was done wholly or not at all."""
        doubtful, self.doubtful = self.doubtful, None
        if doubtful is None:
            return
        if doubtful[0] == "redeem":
            grant = doubtful[1]
            answer = self.token(self.deployment.redemption(grant.code))
            if answer.status == 200:
                self.take(grant, answer)
            else:
                expect(answer.outcome == "400 invalid_grant", f"a redemption again: {answer}")
            again = self.token(self.deployment.redemption(grant.code))
            expect(again.outcome == "400 invalid_grant", f"a code twice: {again}")
        elif doubtful[0] == "renew":
            grant = doubtful[1]
            answer = self.token(self.deployment.refreshing(grant.refresh))
            # On a disk that took a minute the grace is over, and the repetition looks like a theft.
            if answer.status == 400 and time.monotonic() - self.asked > 55:
                self.forget(grant)
            elif expect(answer.status == 200, f"a refresh again after {time.monotonic() - self.asked:.1f} s: {answer}"):
                self.take(grant, answer)
        elif doubtful[0] == "revoke":
            self.end(doubtful[1], doubtful[2])
        elif doubtful[0] == "delete":
            answer = self.connection.ask("GET", *self.management(doubtful[1]))
            expect(answer.status in (200, 401), f"a deletion without answer: {answer}")
            if answer.status == 401:
                self.clients[doubtful[1]] = None

    def check(self, inside, samples=60):
        """All that was told since the last kill holds, and a sample of what was told before."""
        self.settle()
        older = self.random.sample(list(self.access), min(samples, len(self.access)))
        for token in dict.fromkeys([token for token in self.fresh if token in self.access] + older):
            active = is_active(inside, self.deployment, token)
            expect(active == self.access[token], f"a token is {'active' if active else 'not active'}, was told otherwise")
        self.fresh = []
        clients = list(self.clients)[-40:] + self.random.sample(list(self.clients), min(10, len(self.clients)))
        for name in clients:
            status = self.connection.ask("GET", *self.management(name)).status if self.clients[name] else 200
            expect(status == 200, f"the client {name} is lost: {status}")
        # A code that was redeemed is never good again. The replay may end its grant, so that is left out from here.
        for grant in [grant for grant in self.grants if self.random.random() < 0.1]:
            answer = self.token(self.deployment.redemption(grant.code))
            expect(answer.outcome == "400 invalid_grant", f"a redeemed code again: {answer}")
            self.forget(grant)

    def forget(self, grant):
        """Whether its tokens are active is open from here."""
        self.grants.remove(grant)
        for token in self.of_grant.pop(grant):
            del self.access[token]


def kills(deployment, person, count):
    """Callers at work when the process is killed, again and again on the same store."""
    callers = [Caller(deployment, person.user, person.password, seed) for seed in range(8)]
    moments = random.Random(11)
    deployment.start()
    for number in range(count):
        threads = [threading.Thread(target=caller.run) for caller in callers]
        before = [caller.acknowledged for caller in callers]
        for thread in threads:
            thread.start()
        # In the middle of the work: after the first answers, or after hundreds.
        limit = time.monotonic() + 30
        while sum(caller.acknowledged for caller in callers) == sum(before) and time.monotonic() < limit:
            time.sleep(0.001)
        time.sleep(moments.uniform(0, 0.25))
        deployment.kill()
        for thread in threads:
            thread.join()
        if not expect(deployment.start(), f"after kill {number} the server does not start"):
            return
        inside = deployment.inside()
        for caller in callers:
            caller.check(inside)
    expect(deployment.stop() == 0, "the server did not end well")
    expect(deployment.start(), "the server does not start")
    inside = deployment.inside()
    for caller in callers:
        caller.check(inside, samples=len(caller.access))
    expect(deployment.stop() == 0, "the server did not end well")
    connection = sqlite3.connect(deployment.database)
    expect(connection.execute("PRAGMA integrity_check").fetchone() == ("ok",), "the store is damaged")
    ghosts = connection.execute(
        "SELECT count(*) FROM (SELECT grant_id FROM codes WHERE grant_id IS NOT NULL GROUP BY grant_id"
        " HAVING count(*) > 1)").fetchone()[0]
    orphans = connection.execute(
        "SELECT count(*) FROM access_tokens WHERE grant_id NOT IN (SELECT id FROM grants)").fetchone()[0]
    expect(ghosts == 0 and orphans == 0, f"{ghosts} grants of several codes, {orphans} tokens without a grant")
    total = sum(caller.acknowledged for caller in callers)
    active = sum(1 for caller in callers for state in caller.access.values() if state)
    clients = sum(len(caller.clients) for caller in callers)
    expect(total >= count, "hardly anything was acknowledged")
    print(f"{count} kills: {total} acknowledged writes, at the end {active} active tokens, {clients} clients registered")


# MARK: a full disk


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


def main():
    if len(sys.argv) != 7 or sys.argv[1] not in ("races", "kills", "full-disk"):
        sys.exit(__doc__)
    trial, executable, config, user, password, argument = sys.argv[1:]
    deployment = Deployment(executable, config, os.path.join(os.path.dirname(config), "server.log"))
    person = Person(deployment, user, password)
    started = time.monotonic()
    try:
        if trial == "races":
            races(deployment, person, int(argument))
        elif trial == "kills":
            kills(deployment, person, int(argument))
        else:
            full_disk(deployment, person, argument)
    finally:
        if deployment.process is not None and deployment.process.poll() is None:
            deployment.kill()
    print(f"{time.monotonic() - started:.1f} s, {len(failures)} promises broken")
    sys.exit(1 if failures else 0)


main()
