"""How the numbers of a kind of record look."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Scheme:
    """How numbers look: "CMP-2026-0042" is Scheme("CMP", yearly=True, width=4)."""

    prefix: str
    yearly: bool = False
    width: int = 2

    def stem(self, on: date) -> str:
        """What stands before the counting part; counters are kept by it."""
        return f"{self.prefix}-{on.year}-" if self.yearly else f"{self.prefix}-"
