"""A server that is killed under load, and what it had acknowledged."""

import random
import sqlite3
import threading
import time

from checks import expect, is_active
from deployment import Lost, Person


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
