"""A line of the log: its time in UTC, one line for one event, and no address that opens something."""

import logging
import re
import time

# Addresses whose last word lets somebody in: an invitation, a new password, a terminal. And a token, wherever it stands.
OPENING = re.compile(r"((?:/invitation|/account/password/reset|/terminal/start)/)[^/\s'\"?]+")
TOKEN = re.compile(r"guiju_[\w-]{43}")
MASK = "[…]"


class Line(logging.Formatter):
    """What people typed stays one line: control characters are written as escapes. Below it a traceback as it is."""

    converter = staticmethod(time.gmtime)

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name}: {message}", datefmt="%Y-%m-%dT%H:%M:%SZ", style="{")

    def formatMessage(self, record: logging.LogRecord) -> str:
        line = super().formatMessage(record)
        return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in line)

    def format(self, record: logging.LogRecord) -> str:
        return masked(super().format(record))


def masked(text: str) -> str:
    """A text without what opens something."""
    return TOKEN.sub(f"guiju_{MASK}", OPENING.sub(rf"\1{MASK}", text))
