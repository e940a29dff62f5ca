"""Who watches the editions of outside documents at Lanzhu Lighting, and what the checks have found."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from guiju.modules.documents.models import Document
from guiju.modules.editions import checking, watching
from guiju.organizations.models import Person
from guiju.project.sample.days import Days, some_time


@dataclass(frozen=True)
class Watched:
    """Since which working day editions are watched; `looked`: somebody had just looked; `next` is a day from today."""

    day: int
    by: str
    number: str
    watcher: str
    edition: str
    source: str
    months: int
    looked: bool = True
    next: int | None = None


WATCHED = (
    Watched(-214, "siyuan", "EX-03", "xiaowen", "GB/T 9473-2017", "https://std.samr.gov.cn/", 6),
    Watched(-221, "siyuan", "EX-07", "siyuan", "EN IEC 60598-2-4:2018", "https://webstore.iec.ch/", 3),
    Watched(-9, "siyuan", "EX-09", "yiting", "OJ L 135, 23.5.2023", "https://eur-lex.europa.eu/eli/reg/2023/988/oj", 3, False, 3),
)


@dataclass(frozen=True)
class Looked:
    """Somebody looked, and what was found."""

    day: int
    by: str
    number: str
    found: dict[str, Any] = field(default_factory=dict)


LOOKED = (
    Looked(-160, "siyuan", "EX-07", {"note": "IEC web store and the list of harmonized standards: nothing new."}),
    Looked(
        -125,
        "xiaowen",
        "EX-03",
        {
            "edition": "GB/T 9473-2022",
            "impact": "光学指标和测量方法有调整，引用的安全标准换了版本。\n"
            "L2要送外部实验室按新版复测，约两周；L3从样机起按新版测试。\n"
            "SP-L2第2节和WI-031引用处要核对。已发货的产品不受影响，客户合同没有指定旧版。",
            "decision": "take_over",
        },
    ),
    Looked(-98, "siyuan", "EX-07", {"note": "Nothing new; a draft of the general part is out for comment."}),
    Looked(-36, "siyuan", "EX-07", {"note": "Nothing new in the store."}),
)
Happening = tuple[Any, str, str, dict[str, Any]]


def happenings(days: Days) -> Iterator[Happening]:
    """(instant, who, verb of `Editions`, its arguments)"""
    for watched in WATCHED:
        at = days.at(watched.day, some_time(f"watches {watched.number}"))
        next_on = None if watched.next is None else days.day(watched.next)
        checked_on = days.workday(watched.day) if watched.looked else None
        yield at, watched.by, "watch_editions", {"watched": watched, "checked_on": checked_on, "next_on": next_on}
    for looked in LOOKED:
        at = days.at(looked.day, some_time(f"looks {looked.number} {looked.day}"))
        yield at, looked.by, "look_for_edition", {"looked": looked}


class Editions:
    """The verbs of these happenings; the house lends the people."""

    people: dict[str, Person]

    def watch_editions(self, watched: Watched, checked_on: date | None, next_on: date | None) -> None:
        values = {name: getattr(watched, name) for name in ("edition", "source", "months")}
        values |= {"watcher": self.people[watched.watcher], "checked_on": checked_on, "next_on": next_on}
        watching.watch(Document.objects.get(number=watched.number), values)

    def look_for_edition(self, looked: Looked) -> None:
        checking.record(Document.objects.get(number=looked.number), looked.found)
