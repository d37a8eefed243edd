#!/usr/bin/env python3
"""Trials of the running server: races, kills, a full disk, and the whole flow under somebody's eyes.

usage: trial.py races EXECUTABLE CONFIG USER PASSWORD ROUNDS
       trial.py kills EXECUTABLE CONFIG USER PASSWORD KILLS
       trial.py full-disk EXECUTABLE CONFIG USER PASSWORD DISK
       trial.py flow EXECUTABLE CONFIG USER PASSWORD

Prints what was done; the exit status is 1 when a promise was broken, with a line for each on standard error.
"""

import os
import sys
import time

from checks import failures
from deployment import Deployment, Person
from flow import flow
from full_disk import full_disk
from kills import kills
from races import races


def main():
    trials = {"races": 7, "kills": 7, "full-disk": 7, "flow": 6}
    if trials.get((sys.argv + [""])[1]) != len(sys.argv):
        sys.exit(__doc__)
    trial, executable, config, user, password, *argument = sys.argv[1:]
    deployment = Deployment(executable, config, os.path.join(os.path.dirname(config), "server.log"))
    person = Person(deployment, user, password)
    started = time.monotonic()
    try:
        if trial == "races":
            races(deployment, person, int(argument[0]))
        elif trial == "kills":
            kills(deployment, person, int(argument[0]))
        elif trial == "full-disk":
            full_disk(deployment, person, argument[0])
        else:
            flow(deployment, person)
    finally:
        if deployment.process is not None and deployment.process.poll() is None:
            deployment.kill()
    print(f"{time.monotonic() - started:.1f} s, {len(failures)} promises broken")
    sys.exit(1 if failures else 0)


main()
