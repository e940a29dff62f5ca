"""Documents that went out of force long ago, and the people who may let them go."""

import io
from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.conf import settings

from guiju.modules.copies import services as copies
from guiju.modules.documents import services
from guiju.modules.documents.jobs import read_texts
from guiju.modules.documents.models import Document
from guiju.modules.keeping.models import Disposal
from guiju.modules.keeping.workflow import disposal_workflow
from guiju.modules.kinds.services import set_rule
from guiju.organizations.members import Member
from guiju.spine.acts import act
from guiju.spine.attachments.services import keep
from guiju.spine.records.services import comment
from guiju.spine.registers.declaration import by_key
from guiju.spine.registers.writing import create
from guiju.spine.signatures.services import Proof
from guiju.spine.workflow.perform import perform

SECRET = "Zimtstern"  # a word that stands nowhere else
WITHDRAWN = datetime(2020, 3, 2, 4, tzinfo=UTC)
PAST = datetime(2026, 3, 2, 4, tzinfo=UTC)  # six years later


@pytest.fixture(autouse=True)
def files(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(settings, "FILES", tmp_path / "files")
    return tmp_path / "files"


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(WITHDRAWN, tick=True) as traveller:
        yield traveller


@pytest.fixture
def withdrawn(team: SimpleNamespace, take: Callable[..., Document]) -> Callable[..., Document]:
    """withdrawn(**values): a document that came into force and was withdrawn on 2 March 2020, full of a secret word."""

    def making(name: str = "one", **values: Any) -> Document:
        with act(team.organization, team.wei):
            file = keep(io.BytesIO(f"{SECRET} in the file {name}".encode()), f"{SECRET}.txt")
            given = {"title": f"{SECRET} title", "kind": "procedure", "language": "en", "text": f"{SECRET} in the text {name}"}
            made = services.draft(given | {"file": file, "changes": f"{SECRET} changes"} | values)
            read_texts(made)
            comment(made, f"{SECRET} comment")
        take(made, "submit", team.wei, reviewers=[team.hua.person])
        take(made, "review", team.hua)
        in_force = take(made, "approve", team.min)
        with act(team.organization, team.wei):
            copies.issue(in_force, {"places": [f"{SECRET} place"], "reason": f"{SECRET} reason"})
            copies.end(in_force, {"copies": [1], "how": "lost", "words": f"{SECRET} words"})
        return take(made, "withdraw", team.wei, reason=f"{SECRET} reason")

    return making


@pytest.fixture
def due(withdrawn: Callable[..., Document], team: SimpleNamespace, clock: Any) -> Document:
    """One whose five years are over."""
    with act(team.organization, team.wei):
        set_rule("procedure", {"retain_years": 5}, reason="as the law asks")
    made = withdrawn()
    clock.move_to(PAST)
    return made


@pytest.fixture
def listed(team: SimpleNamespace) -> Callable[..., Disposal]:
    """listed(documents…): a list that Wei has prepared."""

    def listing(*documents: Document, who: Member | None = None) -> Disposal:
        with act(team.organization, who or team.wei):
            register = by_key("disposals")
            assert register is not None
            return create(register, {"title": "Old procedures", "note": "", "numbers": list(documents)})  # type: ignore[return-value]

    return listing


@pytest.fixture
def go(team: SimpleNamespace, django_capture_on_commit_callbacks: Any) -> Callable[..., Disposal]:
    """go(disposal, door, who): take a door of a list as somebody."""

    def going(disposal: Disposal, door: str, who: Member, *, reason: str = "") -> Disposal:
        with act(team.organization, who), django_capture_on_commit_callbacks(execute=True):
            proof = Proof(who.id, "password") if disposal_workflow.transitions[door].signs else None
            return perform(disposal_workflow, disposal, door, reason=reason, proof=proof)

    return going


@pytest.fixture
def disposed(due: Document, listed: Callable[..., Disposal], go: Callable[..., Disposal], team: SimpleNamespace) -> Any:
    """The document after all of it, and the certificate."""
    disposal = go(listed(due), "propose", team.wei)
    done = go(disposal, "carry_out", team.min)
    with act(team.organization, team.wei):
        return SimpleNamespace(document=Document.objects.get(pk=due.pk), disposal=done)
