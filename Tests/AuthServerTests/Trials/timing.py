"""How long it takes to refuse a client that is not known, and one that is, with a wrong secret."""

import json
import random
import statistics
import time

from checks import expect

# Two medians of ten thousand differ less than this, as a share of the smaller one, when nothing tells them apart.
TOLERANCE = 0.01


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
    other = known[:-6] + "".join(reversed(known[-6:]))
    clients = {"known": known, "unknown": other}
    times = {name: [] for name in clients}
    for number in range(2 * samples + 200):
        name = random.choice(list(clients))
        pairs = {
            "grant_type": "refresh_token", "refresh_token": "x", "client_id": clients[name],
            "client_secret": secret[:-1] + ("A" if secret[-1] != "A" else "B")}
        started = time.perf_counter_ns()
        answer = public.post(paths["token"], pairs)
        took = time.perf_counter_ns() - started
        expect(answer.outcome == "401 invalid_client", f"{name}: {answer}")
        if number >= 200:
            times[name].append(took)
    known, unknown = (statistics.median(times[name]) / 1000 for name in clients)
    share = abs(known - unknown) / min(known, unknown)
    expect(share < TOLERANCE, f"a known client is refused in {known:.2f} µs, an unknown one in {unknown:.2f} µs")
    expect(deployment.stop() == 0, "the server did not end well")
    print(f"{samples} refusals each: known {known:.2f} µs, unknown {unknown:.2f} µs, {share:.2%} apart")
