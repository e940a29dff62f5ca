"""The last signed heads, kept in a file beside the key: what a database put back to an older copy is found by (law L7)."""

import json
from collections.abc import Mapping

from django.conf import settings

from guiju.lib.canonical import canonical
from guiju.lib.whole_files import write_over

FORMAT = "guiju-last-heads-1"


class Unreadable(RuntimeError):
    """The file is there and is none of ours."""


def read() -> dict[str, str] | None:
    """The signed texts by chain; None when there is no file."""
    try:
        return parsed(settings.LAST_HEADS.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None


def parsed(content: str) -> dict[str, str]:
    """The signed texts by chain. Unreadable for what is no such file."""
    try:
        found = json.loads(content)
        if found["format"] != FORMAT:
            raise ValueError("it has another format")
        return {str(chain): str(text) for chain, text in found["heads"].items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Unreadable(f"{settings.LAST_HEADS}: {error}") from error


def keep(heads: Mapping[str, str]) -> None:
    """Put these in the place of those that are there. The file is not written when they are the same."""
    content = (canonical({"format": FORMAT, "heads": dict(heads)}) + "\n").encode()
    if not settings.LAST_HEADS.exists() or settings.LAST_HEADS.read_bytes() != content:
        write_over(settings.LAST_HEADS, content)
