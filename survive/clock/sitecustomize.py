"""The clock of every Python below this folder is behind, by the seconds that CLOCK_BEHIND says; it goes on from there."""

import datetime
import os

import time_machine

if behind := os.environ.get("CLOCK_BEHIND"):
    then = datetime.datetime.now(datetime.UTC) - datetime.timedelta(seconds=int(behind))
    time_machine.travel(then, tick=True).start()
