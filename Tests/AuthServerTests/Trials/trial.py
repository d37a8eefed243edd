#!/usr/bin/env python3
"""Trials of the running server: what must hold when many ask at once, when it is killed, when something runs out.

usage: trial.py TRIAL EXECUTABLE CONFIG USER PASSWORD [ARGUMENT]

TRIAL      ARGUMENT
races      how many rounds
kills      how many kills
sharing    how many rounds
timing     how many samples
full-disk  where the disk is mounted
load       how many seconds
descriptors, flow

Prints what was done; the exit status is 1 when a promise was broken, with a line for each on standard error.
"""

import os
import sys
import time

from checks import failures
from deployment import Deployment, Person
from descriptors import descriptors
from flow import flow
from full_disk import full_disk
from kills import kills
from load import load
from races import races
from sharing import sharing
from timing import timing

# Each with what its argument is, if it has one.
TRIALS = {
    "races": (races, int), "kills": (kills, int), "sharing": (sharing, int), "timing": (timing, int),
    "load": (load, int),
    "full-disk": (full_disk, str), "descriptors": (descriptors, None), "flow": (flow, None)}


def main():
    trial, kind = TRIALS.get((sys.argv + [""])[1], (None, None))
    if trial is None or len(sys.argv) != (6 if kind is None else 7):
        sys.exit(__doc__)
    executable, config, user, password, *argument = sys.argv[2:]
    deployment = Deployment(executable, config, os.path.join(os.path.dirname(config), "server.log"))
    person = Person(deployment, user, password)
    started = time.monotonic()
    try:
        trial(deployment, person, *map(kind or str, argument))
    finally:
        if deployment.process is not None and deployment.process.poll() is None:
            deployment.kill()
    print(f"{time.monotonic() - started:.1f} s, {len(failures)} promises broken")
    sys.exit(1 if failures else 0)


main()
