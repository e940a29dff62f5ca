"""What is wrong with something from outside: a stable code and its parameters, put into words by the layers above."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Problem:
    """Something to tell about a file that could still be read, at least in part."""

    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)


class Unreadable(Exception):
    """Nothing can be made of it; `code` and `params` say why."""

    def __init__(self, code: str, params: Mapping[str, str | int] | None = None) -> None:
        super().__init__(code, dict(params or {}))
        self.code = code
        self.params: dict[str, str | int] = dict(params or {})

    @property
    def problem(self) -> Problem:
        return Problem(self.code, self.params)
