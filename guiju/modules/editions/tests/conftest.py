"""An external document that is in force, and the words with which it is watched."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine

from guiju.conftest import join, make_person
from guiju.modules.documents import services
from guiju.modules.documents.models import Document
from guiju.modules.editions import watching
from guiju.modules.editions.models import Watch
from guiju.spine.acts import act

NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)
TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=True) as traveller:
        yield traveller


@pytest.fixture
def house(team: SimpleNamespace) -> SimpleNamespace:
    """The team, and Yu, who may only read, and watches; Wei owns the document."""
    team.yu = join(team.organization, make_person("yu", "Yu Yan"), "documents.view")
    return team


@pytest.fixture
def standard(house: SimpleNamespace, take: Callable[..., Document]) -> Document:
    """A standard from outside, in force since today."""
    return in_force(house, take, {"title": "Luminaires", "kind": "external"})


def in_force(house: SimpleNamespace, take: Callable[..., Document], values: dict[str, Any]) -> Document:
    with act(house.organization, house.wei):
        made = services.draft({"language": "en", "text": "Lies in the design office."} | values)
    return approved(house, take, made)


def approved(house: SimpleNamespace, take: Callable[..., Document], document: Document) -> Document:
    take(document, "submit", house.wei, reviewers=[house.hua.person])
    take(document, "review", house.hua)
    return take(document, "approve", house.min)


def values(house: SimpleNamespace, **more: Any) -> dict[str, Any]:
    given = {"edition": "IEC 60598-1:2020", "source": "https://webstore.iec.ch/", "watcher": house.yu.person, "months": 6}
    return given | {"checked_on": TODAY} | more


NEWER = {"edition": "IEC 60598-1:2024", "impact": "The glow wire test is stricter.", "decision": "take_over"}
LEFT = NEWER | {"decision": "not_applicable", "reason": "We sell nothing with a mains plug."}


@pytest.fixture
def watched(standard: Document, house: SimpleNamespace) -> Watch:
    """Yu looks every six months; the last time was today, 2 March 2026."""
    with act(house.organization, house.wei):
        return watching.watch(standard, values(house))
