"""Two back ends of one client that share a refresh token and do not wait for each other."""

import random
import threading
import time

from checks import expect, is_active

# Seconds by which one may be later than the other; the grace is 60.
JITTER = 0.02


def sharing(deployment, person, rounds):
    """Both refresh the same token, one a little later; neither is ever turned away, and both go on with one successor."""
    if not expect(deployment.start(), "the server does not start"):
        return
    ends = [(deployment.outside(), deployment.inside()) for _ in range(2)]
    code = person.code()
    token = ends[0][0].post(deployment.paths["token"], deployment.redemption(code)).member("refresh_token")
    for number in range(rounds):
        answers = [None, None]

        def refresh(index, delay):
            time.sleep(delay)
            public, private = ends[index]
            answer = public.post(deployment.paths["token"], deployment.refreshing(token))
            good = answer.status == 200 and is_active(private, deployment, answer.member("access_token"))
            expect(good, f"round {number}: {answer}, or its token is not good")
            answers[index] = answer

        threads = [threading.Thread(target=refresh, args=(index, random.random() * JITTER)) for index in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        successors = {answer.member("refresh_token") for answer in answers}
        if not expect(len(successors) == 1 and None not in successors, f"round {number}: {len(successors)} successors"):
            break
        token = successors.pop()
    expect(deployment.stop() == 0, "the server did not end well")
    print(f"{rounds} rounds of two back ends")
