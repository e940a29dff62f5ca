"""No word of another organization ever comes: every address, by every verb, with the other's numbers and ids (section 6)."""

import json
from collections.abc import Iterator
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from guiju.modules.copies.models import PaperCopy
from guiju.modules.documents import services
from guiju.modules.documents.approval import remarks
from guiju.modules.documents.models import Document, Remark
from guiju.modules.editions import checking, watching
from guiju.modules.editions.models import Check, Decision, Watch
from guiju.modules.keeping import holds
from guiju.modules.keeping.models import Disposal, DisposalLine, Hold
from guiju.modules.kinds.services import add_field, set_rule
from guiju.modules.processes.models import Process
from guiju.organizations import tokens
from guiju.organizations.models import Department, Person, Site
from guiju.spine.acts import act, current
from guiju.spine.attachments.services import keep
from guiju.spine.records.services import comment
from guiju.spine.registers.declaration import registers
from guiju.spine.search.services import index_body
from guiju.spine.tasks.services import ask
from guiju.spine.trail.models import Entry
from tests.standing.filled import record as filled_record

CANARY = "Kanarienvogel"


@pytest.fixture
def theirs(other, tmp_path) -> SimpleNamespace:
    """The other organization, in which every text contains the canary."""
    path = tmp_path / "file.md"
    path.write_text(f"{CANARY} in a file")
    with act(other.organization, other.eve):
        process = Process(title=f"{CANARY} process", purpose=CANARY)
        process.save()
        with path.open("rb") as stream:
            loose = keep(stream, f"{CANARY}-loose.md")
        with path.open("rb") as stream:
            file = keep(stream, f"{CANARY}.md")
        document = services.draft(
            {
                "title": f"{CANARY} title",
                "kind": "external",
                "language": "en",
                "text": CANARY,
                "process": process,
                "file": file,
                "number": "CAN-77",
            }
        )
        comment(document, f"{CANARY} comment")
        remarks.make(document, f"{CANARY} remark", quote=CANARY)
        set_rule("procedure", {"template": CANARY})
        add_field("procedure", {"label": f"{CANARY} field"})
        ask(document, other.eve.id, CANARY)
        index_body(document, [f"{CANARY} body"])
        watched_and_checked(document, other.eve.person)
        hold, disposal = kept_and_listed(document)
        on_paper(document)
        department = Department(name=f"{CANARY} department")
        department.save()
        Site(name=f"{CANARY} site").save()
        by_hand = {"documents": "CAN-77", "disposals": "CAN-78", "processes": process.number}
        others = [register for register in registers() if register.key not in by_hand]
        numbers = by_hand | {register.key: filled_record(register, CANARY).number for register in others}
        return SimpleNamespace(
            numbers=numbers,
            process=process,
            document=document,
            file=file,
            loose=loose,
            person=other.eve,
            organization=other.organization,
            department=department,
            remark=Remark.objects.get(),
            hold=hold,
            disposal=disposal,
        )


def on_paper(document: Document) -> None:
    """A paper copy, written as a row, since nothing of this document is in force."""
    row = PaperCopy(document=document, revision=document.newest(), number=1, place=f"{CANARY} place", reason=CANARY)
    row.issued_at, row.issued_by_id = current().now(), current().person_id
    row.save()


def watched_and_checked(document: Document, who: Person) -> None:
    """A watch of its editions, and a newer one that was found."""
    watching.watch(document, {"edition": f"{CANARY} 1", "source": CANARY, "watcher": who, "months": 3})
    newer = {"edition": f"{CANARY} 2", "impact": CANARY, "reason": CANARY, "decision": Decision.NOT_APPLICABLE}
    checking.record(document, newer)


def kept_and_listed(document: Document) -> tuple[Hold, Disposal]:
    """A hold, and a list for disposal with a line: written as rows, since this document is far from either."""
    (hold,) = holds.put([document], f"{CANARY} hold")
    disposal = Disposal(title=f"{CANARY} disposal", note=CANARY, state="prepared", number="CAN-78")
    disposal.save()
    day = current().today()
    DisposalLine(
        disposal=disposal,
        document=document,
        seen=1,
        number="CAN-77",
        kind="procedure",
        out_of_force_on=day,
        retain_years=1,
        kept_until=day,
        revisions=[
            dict.fromkeys(("id", "version", "effective_on", "withdrawn_on", "content", "text", "file"), "") | {"label": CANARY}
        ],
    ).save()
    return hold, disposal


def addresses(theirs: SimpleNamespace) -> Iterator[str]:
    """Every address of the product, with the first organization's name or the other's, and the other's numbers and ids."""
    for pattern in sorted(set(patterns(get_resolver().url_patterns))):
        for organization in ("lanzhu", "other"):
            for register, number in theirs.numbers.items():
                # Each id once with the documents; with other registers one is enough, since ids are of no register.
                ids = (theirs.document.pk, theirs.file.pk, theirs.person.id, theirs.remark.pk, theirs.hold.pk)
                for pk in ids if register == "documents" else ids[:1]:
                    yield filled(pattern, organization, register, number, pk)


def patterns(found: list, before: str = "/") -> Iterator[str]:
    for one in found:
        if isinstance(one, URLResolver):
            yield from patterns(one.url_patterns, before + str(one.pattern))
        elif isinstance(one, URLPattern):
            yield before + str(one.pattern)


def filled(pattern: str, organization: str, register: str, number: str, pk: UUID) -> str:
    words = {
        "organization": organization,
        "register": register,
        "number": number,
        "transition": "approve",
        "kind": "procedure",
        "language": "en",
        "field": "field",
        "key": next((lines.key for one in registers() if one.key == register for lines in one.lines), "x"),
        "code": "x",
    }
    path = pattern
    while "<" in path:
        start, end = path.index("<"), path.index(">")
        kind, _, name = path[start + 1 : end].rpartition(":")
        value = "1" if kind == "int" else words.get(name, str(pk))
        path = path[:start] + value + path[end + 1 :]
    return path


def test_no_address_shows_a_word_of_it(theirs, lanzhu):
    client = Client()
    client.force_login(lanzhu.wei.person)
    asked = sorted(set(addresses(theirs)) - {"/account/logout/", "/readyz"})
    assert len(asked) > 80
    searched, filtered = f"?q={CANARY}", f"?owner={theirs.person.id}&process={theirs.process.pk}"
    for path in asked:
        status = shows_nothing(client, path)
        # Below the other organization's name there is nothing, and where only writing is done nothing, whatever is asked.
        if path.startswith("/other/") or status == 405:
            continue
        for query in ("?as_of=2030-01-01T00:00", *(() if status == 404 else (searched, filtered))):
            shows_nothing(client, path + query)


def shows_nothing(client: Client, address: str) -> int:
    """The status of an address that answers without a word of the other organization."""
    answer = client.get(address)
    assert answer.status_code < 500, address
    found = content(answer).decode(errors="replace").replace(f"?q={CANARY}", "").replace(f"q={CANARY}", "")
    found = found.replace(f'value="{CANARY}"', "").replace(f"“{CANARY}”", "").replace(f"{CANARY} · ", "")
    assert CANARY not in found, address
    assert "CAN-77" not in found.replace(address.partition("?")[0], ""), address
    return int(answer.status_code)


def test_its_own_member_does_see_it(theirs):
    client = Client()
    client.force_login(theirs.person.person)
    seen = [
        path
        for path in set(addresses(theirs))
        if "/other/" in path and CANARY in content(client.get(path)).decode(errors="replace")
    ]
    assert len(seen) >= 5


def test_reading_every_address_changes_nothing(theirs):
    client = Client()
    client.force_login(theirs.person.person)
    before, length = state_of(theirs), entries_of(theirs)
    found = (filled(one, "other", "documents", "CAN-77", theirs.document.pk) for one in patterns(get_resolver().url_patterns))
    opened = [client.get(path).status_code for path in sorted(set(found)) if path.startswith("/other/")]
    assert opened.count(200) > 20
    assert state_of(theirs) == before
    assert entries_of(theirs) == length


def entries_of(theirs: SimpleNamespace) -> int:
    return Entry.everywhere.filter(chain=theirs.organization.pk).count()


def content(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_no_address_writes_to_it(theirs, lanzhu):
    client = Client()
    client.force_login(lanzhu.wei.person)
    before = state_of(theirs)
    values = {
        "title": "taken over",
        "kind": "form",
        "language": "en",
        "text": "x",
        "password": "bamboo-lamp-42",
        "reason": "x",
        "process": str(theirs.process.pk),
        "owner": str(theirs.person.id),
        "file": str(theirs.loose.pk),
    }
    for path in sorted(set(addresses(theirs)) - {"/account/logout/", "/account/sessions/others/end/", "/readyz"}):
        answer = client.post(path, values)
        assert answer.status_code < 500, path
        assert CANARY not in content(answer).decode(errors="replace"), path
    assert state_of(theirs) == before
    with act(lanzhu.organization, lanzhu.wei):
        assert not Document.objects.filter(process_id=theirs.process.pk).exists()


def state_of(theirs: SimpleNamespace) -> list:
    with act(theirs.organization, theirs.person):
        kept = (Document, Process, Department, Site, Hold, Disposal, PaperCopy, Watch, Check)
        return [list(model.objects.order_by("pk").values()) for model in kept]


def test_the_api_neither_shows_nor_takes_it(theirs, lanzhu):
    with act(lanzhu.organization, lanzhu.wei):
        _, secret = tokens.make(lanzhu.wei, "canary", ["*"], None)
    client = Client(headers={"authorization": f"Bearer {secret}"})
    for register in registers():
        for place in ("lanzhu", "other"):
            base = f"/api/v1/{place}/{register.key}/"
            for tail in (
                "",
                "CAN-77/",
                "CAN-77/history/",
                f"?q={CANARY}",
                f"?owner={theirs.person.id}",
                f"CAN-77/files/{theirs.file.pk}/",
            ):
                answer = client.get(base + tail)
                assert answer.status_code < 500, base + tail
                assert CANARY not in answer.content.decode().replace(f"q={CANARY}", ""), base + tail
    body = {"title": "x", "kind": "form", "language": "en", "process": str(theirs.process.pk)}
    answer = client.post("/api/v1/lanzhu/documents/", json.dumps(body), content_type="application/json")
    assert answer.status_code == 422
    body = {"title": "x", "kind": "form", "language": "en", "file": str(theirs.loose.pk)}
    answer = client.post("/api/v1/lanzhu/documents/", json.dumps(body), content_type="application/json")
    assert answer.status_code in (404, 422)
