"""How the life of a document is told: its revisions, and what happened to each."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "documents"
LANGUAGES = {"en": "en", "zh": "zh-hans"}


@dataclass(frozen=True)
class Step:
    """A door that somebody takes, so many working days after the revision was begun."""

    after: int
    who: str  # "" is the author
    door: str
    clock: str = ""
    reason: str = ""
    reviewers: tuple[str, ...] = ()
    until: int | None = None  # days from today until which the reviewers are asked
    effective: int = 0  # working days from the approval
    deputy_for: str = ""


def sent(after: int, *reviewers: str, clock: str = "", until: int | None = None) -> Step:
    return Step(after, "", "submit", clock, reviewers=reviewers, until=until)


def reviewed(after: int, who: str, clock: str = "") -> Step:
    return Step(after, who, "review", clock)


def returned(after: int, who: str, reason: str, clock: str = "") -> Step:
    return Step(after, who, "return", clock, reason)


def approved(after: int, who: str, effective: int = 3, deputy_for: str = "") -> Step:
    return Step(after, who, "approve", effective=effective, deputy_for=deputy_for)


def withdrawn(after: int, who: str, reason: str) -> Step:
    return Step(after, who, "withdraw", reason=reason)


def as_usual(reviewers: str, approver: str = "wei", effective: int = 3) -> tuple[Step, ...]:
    """Sent the next day to the reviewers (user names, with spaces between), read and signed, approved on the fourth day."""
    who = reviewers.split()
    return (sent(1, *who), *(reviewed(2 + place % 2, one) for place, one in enumerate(who)), approved(4, approver, effective))


@dataclass(frozen=True)
class Issue:
    """One revision: its label, its author, the working day on which it was begun, and its steps."""

    label: str
    by: str
    begun: int
    steps: tuple[Step, ...]
    changes: str = ""
    why: str = ""
    clock: str = ""
    office: bool = False  # its text is a Word file


@dataclass(frozen=True)
class Life:
    """A document with all its revisions; `again` is the day, from today, by which it is to be read again, if ever.

    `made_with` is the number of the form that it was filled in with.
    """

    number: str
    kind: str
    title: str
    process: str
    owner: str
    again: int | None
    issues: tuple[Issue, ...] = field(default=())
    made_with: str = ""

    def content(self, issue: Issue) -> dict[str, Any]:
        """Language, text and reason of one revision; `office` names the file that its text is to be.

        FileNotFoundError where its text is not in the folder.
        """
        for suffix, language in LANGUAGES.items():
            path = FOLDER / f"{self.number}.{issue.label}.{suffix}.md"
            if path.exists():
                made = {"language": language, "text": path.read_text(encoding="utf-8"), "changes": issue.changes}
                return made | ({"office": f"{self.title}.docx"} if issue.office else {})
        raise FileNotFoundError(FOLDER / f"{self.number}.{issue.label}")
