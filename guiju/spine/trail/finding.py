"""What a verification finds."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing that is not as the trail says: what kind of thing, which one, which part, and how it differs."""

    where: str
    name: str
    part: str
    says: str

    def __str__(self) -> str:
        return f"{self.where} {self.name}: {self.part}: {self.says}"
