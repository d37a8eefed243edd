"""How long it takes to refuse a client that is not known, and one that is, with a wrong secret."""

import json
import random
import statistics
import time

from checks import expect

# Two medians differ less than this, as a share of the smaller one, when nothing tells them apart.
TOLERANCE = 0.01
# A machine that is busy with something else can part them once; a difference that is there shows each time.
TRIES = 3
# Requests at first whose times do not count.
WARM_UP = 200


def timing(deployment, person, samples):
    """Refusals in a random order over one connection; their medians must not tell which clients exist."""
    if not expect(deployment.start(), "the server does not start"):
        return
    public, paths = deployment.outside(), deployment.paths
    made = public.ask("POST", paths["register"], [("Content-Type", "application/json")], json.dumps({
        "client_name": "trial", "redirect_uris": [deployment.redirect],
        "token_endpoint_auth_method": "client_secret_post"}))
    if not expect(made.status == 201, f"register: {made}"):
        return
    known, secret = made.member("client_id"), made.member("client_secret")
    clients = {"known": known, "unknown": known[:-6] + "".join(reversed(known[-6:]))}
    wrong = secret[:-1] + ("A" if secret[-1] != "A" else "B")
    for _ in range(TRIES):
        first, second = medians(public, paths["token"], clients, wrong, samples)
        share = abs(first - second) / min(first, second)
        print(f"{samples} refusals each: known {first:.2f} µs, unknown {second:.2f} µs, {share:.2%} apart")
        if share < TOLERANCE:
            break
    expect(share < TOLERANCE, f"the time tells whether a client is known: {share:.2%} apart in each of {TRIES} tries")
    expect(deployment.stop() == 0, "the server did not end well")


def medians(public, target, clients, secret, samples):
    """Microseconds for each of the clients, refused in a random order."""
    times = {name: [] for name in clients}
    for number in range(len(clients) * samples + WARM_UP):
        name = random.choice(list(clients))
        pairs = {
            "grant_type": "refresh_token", "refresh_token": "x", "client_id": clients[name], "client_secret": secret}
        started = time.perf_counter_ns()
        answer = public.post(target, pairs)
        took = time.perf_counter_ns() - started
        expect(answer.outcome == "401 invalid_client", f"{name}: {answer}")
        if number >= WARM_UP:
            times[name].append(took)
    return [statistics.median(taken) / 1000 for taken in times.values()]
