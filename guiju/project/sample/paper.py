"""Which documents hang on paper at Lanzhu Lighting, and what became of each copy."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from guiju.modules.copies import services
from guiju.modules.copies.recalling import recall
from guiju.modules.documents.models import Document
from guiju.organizations.models import Organization, Person
from guiju.project.sample.days import Days, some_time
from guiju.spine.acts import SYSTEM, act, current


@dataclass(frozen=True)
class Given:
    """Copies given out on a working day."""

    day: int
    by: str
    number: str
    reason: str
    places: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ended:
    """What became of copies, by their numbers; `again` gives their holders new ones."""

    day: int
    by: str
    number: str
    copies: tuple[int, ...]
    how: str
    words: str = ""
    again: bool = False


GIVEN = (
    Given(-200, "xiaowen", "WI-058", "检验台旁没有屏幕，一边检一边看。", ("来料检验台",)),
    Given(-188, "min", "WI-038", "老化房温度高，不能放屏幕。", ("老化房门口",), ("jun",)),
    Given(
        -186,
        "xiaowen",
        "WI-031",
        "The screen stands behind the inspector.",
        ("Final inspection, bench 1", "Final inspection, bench 2"),
    ),
    Given(-150, "xiaowen", "WI-044", "测试仪旁须能直接看到步骤。", ("耐压测试工位，白班", "耐压测试工位，夜班")),
)
ENDED = (
    Ended(-101, "xiaowen", "WI-031", (2,), "lost", "Bench 2 was moved over the weekend; both shifts have looked for it.", True),
    Ended(-39, "xiaowen", "WI-058", (1,), "returned", again=True),
    Ended(-6, "xiaowen", "WI-044", (1,), "destroyed", again=True),  # that of the night shift is still out
)
LOOKED = (-40, -7)  # the working days on which a revision came into force that makes copies out of date
Happening = tuple[Any, str, str, dict[str, Any]]


def happenings(days: Days) -> Iterator[Happening]:
    """(instant, who, verb of `Paper`, its arguments)"""
    for given in GIVEN:
        yield days.at(given.day, some_time(f"paper {given.number}")), given.by, "give_out", {"given": given}
    for ended in ENDED:
        yield days.at(ended.day, some_time(f"paper ended {ended.number}")), ended.by, "end_copies", {"ended": ended}
    for day in LOOKED:
        yield days.at(day, "1:05"), "xiaowen", "look_for_copies", {}


class Paper:
    """The verbs of these happenings; the house lends the people."""

    people: dict[str, Person]
    organization: Organization

    def give_out(self, given: Given) -> None:
        values = {"people": [self.people[one] for one in given.people], "places": given.places, "reason": given.reason}
        services.issue(Document.objects.get(number=given.number), values)

    def end_copies(self, ended: Ended) -> None:
        values = {"copies": ended.copies, "how": ended.how, "words": ended.words, "again": ended.again}
        services.end(Document.objects.get(number=ended.number), values)

    def look_for_copies(self) -> None:
        """What the worker does in the night."""
        with act(self.organization, SYSTEM, at=current().at):
            recall.look()
