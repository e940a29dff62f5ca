"""What a verification finds."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.functional import Promise


@dataclass(frozen=True)
class Finding:
    """One thing that is not as the trail says: what kind of thing, which one, which part, and how it differs.

    `key` is a message key, with `params`. What it speaks of is a row (`row`: kind and id), an entry (`entry`: its sequence
    within the chain that is walked), or neither. `plain` says the same without values, for people who may not see those.
    """

    where: str
    name: str
    part: str
    key: str
    params: Mapping[str, Any] = field(default_factory=dict, compare=False)
    plain: str = ""
    row: tuple[str, UUID] | None = None
    entry: int = 0

    @property
    def says(self) -> str:
        """How it differs, in English, with the values."""
        return self.key % self.params if self.params else self.key

    def __str__(self) -> str:
        return f"{self.where} {self.name}: {self.part}: {self.says}"


@dataclass(frozen=True)
class Part:
    """One part of a verification: what it compares, in words, and what it finds."""

    name: str | Promise
    find: Callable[[], Iterator[Finding]]
