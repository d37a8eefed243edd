"""Many who redeem one code or refresh one token at once."""

import random
import sqlite3

from checks import expect, is_active


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
