"""Who gets which document at Lanzhu Lighting, who has read it, what was said of a passage, and what is kept how long."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from guiju.modules.documents.approval import remarks
from guiju.modules.documents.models import Document
from guiju.modules.kinds.services import add_field, set_rule
from guiju.modules.readings import assigning, audience, briefings, confirming
from guiju.modules.translations import services as translations
from guiju.organizations.models import Department, Person, Role
from guiju.project.sample.days import Days, some_time

FOLDER = Path(__file__).parent / "translations"


@dataclass(frozen=True)
class Goes:
    """A document goes to departments and roles from a working day on; who confirmed it, and on which days."""

    day: int
    by: str
    number: str
    departments: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    confirmed: tuple[tuple[int, str], ...] = ()


GOES = (
    Goes(-190, "wei", "WI-031", ("Quality", "Production"), (), ((-188, "jun"), (-187, "xiaowen"), (-94, "hao"))),
    Goes(-104, "wei", "QP-03", (), ("contributor", "process_owner"), ((-103, "min"), (-103, "li"), (-101, "jun"), (-93, "hao"))),
    Goes(-20, "xiaowen", "WI-044", ("Quality", "Production"), (), ((-19, "jun"), (-19, "li"), (-18, "hao"), (-7, "jun"))),
    Goes(-60, "min", "WI-038", ("Production",), (), ((-58, "jun"),)),
)


@dataclass(frozen=True)
class Said:
    """What the author says of the revision that is being worked on."""

    day: int
    by: str
    number: str
    values: dict[str, Any] = field(default_factory=dict)


BRIEFINGS = (
    Said(
        -4,
        "xiaowen",
        "WI-031",
        {
            "weight": "material",
            "days": 7,
            "reason": "Lamps that trembled at the lowest level passed the old test.",
            "question": "A lamp measures 0.6 at level 5 and 1.2 at level 1. What do you do?",
            "choices": [
                "Release it: the brighter level is the one that counts.",
                "Put it on the red shelf and scan its code: both levels must stay at or below 1.0.",
                "Measure again tomorrow with another meter.",
            ],
            "right": 1,
        },
    ),
    Said(
        -13,
        "xiaowen",
        "WI-044",
        {
            "weight": "material",
            "days": 5,
            "reason": "十月的一次班后自查报警之后，没有人知道之前测过的产品怎么办。",
            "question": "班后自查不通过，怎么办？",
            "choices": ["换一台测试仪继续", "封存自上次合格以后测过的全部产品", "第二天早上再测一次"],
            "right": 1,
        },
    ),
)
ANSWERS = {"WI-044": 1}
PASSAGE = ("WI-031", -1, "siyuan", "at level 1 (10 %)", "Is 10 % also the lowest level of the L3?")
# Translated by whom on which day: number, revision, title; checked when and by whom. The first has gone stale since.
TRANSLATED = (
    (-233, "haiyan", "WI-061", "1", "跨境小包包装", -231, "yiting"),
    (-192, "xiaowen", "WI-031", "4", "台灯最终检验", -191, "li"),
)
KEPT = {"plan": 1, "form": 5, "record": 5, "procedure": 10, "work_instruction": 10}
KEPT |= {"specification": 15, "policy": 10, "manual": 10}
Happening = tuple[Any, str, str, dict[str, Any]]


def happenings(days: Days) -> Iterator[Happening]:
    """(instant, who, verb of `Readers`, its arguments)"""
    yield days.at(-239, "16:10"), "wei", "set_rules", {}
    for goes in GOES:
        yield days.at(goes.day, some_time(f"goes {goes.number}")), goes.by, "distribute", {"goes": goes}
        for day, who in goes.confirmed:
            yield days.at(day, some_time(f"{who} reads {goes.number} {day}")), who, "confirm", {"number": goes.number}
    for said in BRIEFINGS:
        yield days.at(said.day, "11:20"), said.by, "brief", {"said": said}
    for day, by, number, label, title, checked, checker in TRANSLATED:
        yield days.at(day, "14:05"), by, "translate", {"number": number, "label": label, "title": title}
        yield days.at(checked, "10:40"), checker, "check_translation", {"number": number}
    number, day, who, quote, text = PASSAGE
    yield days.at(day, "10:12"), who, "remark_on", {"number": number, "quote": quote, "text": text}


class Readers:
    """The verbs of these happenings; the house lends the people and the places."""

    people: dict[str, Person]
    departments: dict[str, Department]

    def set_rules(self) -> None:
        for kind, years in KEPT.items():
            set_rule(kind, {"retain_years": years}, reason="Retention as agreed with the general manager")
        add_field("form", {"label": "Kept where", "label_zh": "存放地点", "type": "text"})
        add_field("specification", {"label": "Drawing number", "label_zh": "图号", "type": "text"})

    def distribute(self, goes: Goes) -> None:
        document = Document.objects.get(number=goes.number)
        roles = Role.objects.filter(key__in=goes.roles)
        audience.distribute(document, roles=roles, departments=[self.departments[name] for name in goes.departments])
        assigning.assign(document)

    def confirm(self, number: str) -> None:
        document = Document.objects.get(number=number)
        reading = confirming.mine(document)
        if reading is not None and reading.confirmed_at is None:
            said = assigning.briefing(reading.revision)
            confirming.confirm(document, ANSWERS.get(number, 0) if said.question else None)

    def brief(self, said: Said) -> None:
        briefings.brief(Document.objects.get(number=said.number), said.values)

    def translate(self, number: str, label: str, title: str) -> None:
        text = (FOLDER / f"{number}.{label}.zh.md").read_text(encoding="utf-8")
        translations.translate(Document.objects.get(number=number), "zh-hans", {"title": title, "text": text})

    def check_translation(self, number: str) -> None:
        document = Document.objects.get(number=number)
        translations.check(translations.of(document)[0], document)

    def remark_on(self, number: str, quote: str, text: str) -> None:
        remarks.make(Document.objects.get(number=number), text, quote=quote)
