#!/usr/bin/env python3
"""Trials of the running server: races, kills and a full disk.

usage: trial.py races EXECUTABLE CONFIG USER PASSWORD ROUNDS
       trial.py kills EXECUTABLE CONFIG USER PASSWORD KILLS
       trial.py full-disk EXECUTABLE CONFIG USER PASSWORD DISK

Prints what was done; the exit status is 1 when a promise was broken, with a line for each on standard error.
"""

import os
import sys
import time

from checks import failures
from deployment import Deployment, Person
from full_disk import full_disk
from kills import kills
from races import races


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
