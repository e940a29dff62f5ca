"""Refusals are words for people: what was tried, why not, what would make it possible.

Each carries a message key and its parameters (law L15); the sentence is made when it is shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from guiju.spine.acts.words import said


@dataclass(frozen=True)
class Missing:
    """One thing that is missing, as a message key with parameters, and where it is mended."""

    key: str
    params: Mapping[str, Any] = field(default_factory=dict)
    link: str = ""
    others: bool = False  # that the step is others' to take: whoever acts can mend nothing

    def __str__(self) -> str:
        return said(self.key, self.params)


class Refused(Exception):
    """What was asked cannot be done as things stand. `errors` names fields; `missing` what is wanting."""

    status = 422
    code = "refused"

    def __init__(
        self,
        key: str,
        params: Mapping[str, Any] | None = None,
        *,
        missing: Sequence[Missing] = (),
        errors: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        super().__init__(key)
        self.key, self.params = key, dict(params or {})
        self.missing, self.errors = tuple(missing), dict(errors or {})

    def __str__(self) -> str:
        return said(self.key, self.params)

    def said(self, sentence: str) -> str:
        """One of the sentences of `errors` in the reader's language; the refusal's own may stand there with its parameters."""
        own = self.key % self.params if self.params else self.key
        return str(self) if sentence in (self.key, own) else said(sentence)


class NotPermitted(Refused):
    """The person has no right to this."""

    status = 403
    code = "not_permitted"


class NotFound(Refused):
    """There is no such thing here; another organization's things look the same (section 6)."""

    status = 404
    code = "not_found"


class Conflict(Refused):
    """The record's state, or something else written before, stands against it."""

    status = 409
    code = "conflict"


class Stale(Conflict):
    """Someone else has changed the record since it was read."""

    code = "stale"
