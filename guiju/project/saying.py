"""What commands say to people: on stderr, so that what they print can be used by programs."""

import sys


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
