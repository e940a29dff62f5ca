"""What holds for every address of the API: it is described, shows no word of another organization, and does not grow slower."""

import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django import forms
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from guiju.conftest import join, make_person
from guiju.modules.copies import services as copies
from guiju.modules.documents import services
from guiju.modules.documents.approval import remarks
from guiju.modules.documents.models import Document
from guiju.modules.editions import watching
from guiju.modules.keeping import holds
from guiju.modules.kinds.services import set_prefix
from guiju.modules.processes.models import Flow, Process
from guiju.modules.readings import audience
from guiju.modules.readings.assigning import assign
from guiju.modules.translations.services import translate
from guiju.organizations.models import Department, Site
from guiju.organizations.trail import checks
from guiju.spine.acts import act, current
from guiju.spine.records.trailed import Kept
from guiju.spine.registers import saved
from guiju.spine.registers.api.declaration import Operation, operations
from guiju.spine.registers.api.kinds import CHOICE, CHOICES, DAY, TRUTH, UUID_TEXT, UUIDS, WHOLE, WHOLES, kind_of_field
from guiju.spine.registers.declaration import by_key
from guiju.spine.registers.tests.programs import Program
from tests.standing.filled import record as filled_record
from tests.standing.test_canary import CANARY, addresses, content, patterns, theirs

__all__ = ["theirs"]
BASE = "/api/v1/"
WRITES = ("POST", "PUT", "PATCH", "DELETE")
MOST = 10  # statements of a reading operation
OF_KINDS = {"trail/": 3}  # which names what each entry is about: one more for each kind of record on the page
MOST_OF_A_PRINT = 20  # which is entered on the trail
ASKED = {"keeping/": "&view=held"}
OF_ONE = ("readers", "remarks", "holds", "copies")
OF_ALL = ("readings", "keeping", "holds", "copies", "editions", "people", "departments", "sites", "roles")
MANY = {"processes/PR-01/flows/", *(f"documents/QP-01/{word}/" for word in OF_ONE), *(f"{word}/" for word in OF_ALL)}
PLACES = {
    "{int:position}": "1",
    "{int:earlier}": "1",
    "{slug:kind}": "procedure",
    "{slug:language}": "zh-hans",
    "{int:copy_number}": "1",
}


@pytest.fixture
def described(db: None) -> dict[str, set[str]]:
    paths = Client().get(f"{BASE}openapi.json").json()["paths"]
    return {re.sub(r"\{[^}]*\}", "{}", path): {method.upper() for method in methods} for path, methods in paths.items()}


def of_the_api() -> set[str]:
    return {one for one in patterns(get_resolver().url_patterns) if one.startswith(f"{BASE}<")}


def test_every_address_is_described_and_every_description_is_an_address(described):
    assert {re.sub("<[^>]*>", "{}", pattern) for pattern in of_the_api()} == set(described)
    for one in operations():
        assert one.method in described[re.sub(r"\{[^}]*\}", "{}", f"{BASE}{{organization}}/{one.address}")]


def test_a_method_that_an_address_does_not_know_is_a_problem_and_says_which_it_does(lanzhu, described):
    wei = Program(lanzhu.wei)
    for address, methods in described.items():
        path = address.replace("{}", "lanzhu", 1).replace("{}", str(uuid4()) if "files" in address or "print" in address else "1")
        for method in {*WRITES, "GET"} - methods:
            answer = wei.ask(method, path, {})
            assert answer.status_code in (404, 405), (method, path)
            assert answer.headers["Content-Type"] == "application/problem+json"


def test_without_a_token_no_address_says_anything(theirs):
    for path in (path for path in set(addresses(theirs)) if path.startswith((f"{BASE}lanzhu/", f"{BASE}other/"))):
        assert Client().get(path).status_code in (401, 404, 405), path


def test_no_address_shows_a_word_of_another_organization(theirs, lanzhu):
    wei = Program(lanzhu.wei)
    asked = sorted(path for path in set(addresses(theirs)) if path.startswith((f"{BASE}lanzhu/", f"{BASE}other/")))
    assert len(asked) > 100
    for path in asked:
        answer = wei.get(path)
        said = content(answer).decode(errors="replace")
        assert answer.status_code < 500, path
        assert CANARY not in said and "CAN-77" not in said, path


def test_its_own_program_does_see_it(theirs):
    eve = Program(theirs.person)
    paths = {path for path in addresses(theirs) if path.startswith(f"{BASE}other/")}
    seen = {path.split("/")[-2] for path in paths if CANARY in content(eve.get(path)).decode(errors="replace")}
    assert {"CAN-77", "remarks", "copies", "edition", "editions", "departments", "sites"} <= seen


def test_no_address_writes_to_another_organization(theirs, lanzhu):
    wei, before = Program(lanzhu.wei), all_of(theirs)
    for one in (one for one in operations() if one.method != "GET"):
        for path in (path for slug in ("lanzhu", "other") for path in filled(one, slug, theirs)):
            answer = wei.ask(one.method, path, plausible(one, theirs), if_match="*")
            assert answer.status_code < 500, path
            assert CANARY not in content(answer).decode(), path
    assert all_of(theirs) == before


def all_of(theirs: SimpleNamespace) -> dict[str, list[Any]]:
    """Every row of the other organization."""
    with act(theirs.organization, theirs.person):
        kept = [model for model in apps.get_models() if issubclass(model, Kept)]
        return {model.__name__: list(model.objects.order_by("pk").values()) for model in kept}


def filled(one: Operation, slug: str, theirs: SimpleNamespace) -> Iterator[str]:
    """The addresses of an operation with the other organization's numbers and ids."""
    words = {"number": "CAN-77", "language": "en", "kind": "procedure"}
    for pk in (theirs.remark.pk, theirs.hold.pk, theirs.document.pk):
        made = f"{BASE}{slug}/{one.address}"
        for kind, name in one.places:
            value = "1" if kind == "int" else words.get(name, str(pk))
            made = re.sub(rf"\{{({kind}:)?{name}\}}", value, made)
        yield made


def plausible(one: Operation, theirs: SimpleNamespace) -> dict[str, Any]:
    """What the operation's form may take, naming what belongs to the other organization."""
    return {name: _value(name, field, theirs) for name, field in one.form.base_fields.items()}


def _value(name: str, field: forms.Field, theirs: SimpleNamespace) -> Any:
    kind = kind_of_field(field)
    ids = {"file": theirs.loose.pk, "department": theirs.department.pk, "departments": theirs.department.pk}
    if kind in (UUIDS, UUID_TEXT) or name == "file":
        one = str(ids.get(name, theirs.person.id))
        return [one] if kind is UUIDS else one
    if kind in (CHOICE, CHOICES):
        choices = [str(value) for value, _label in field.choices if value]  # type: ignore[attr-defined]
        return choices[0] if kind is CHOICE else choices[:1]
    fitting = ((TRUTH, True), (WHOLE, 2), (WHOLES, [1]), (DAY, "2030-01-01"))
    return next((value for one, value in fitting if kind is one), "CAN-77" if name == "numbers" else "x")


def fill(lanzhu: SimpleNamespace, count: int) -> None:
    """Documents that Min has to read, and around the first of them many of everything."""
    values = {"title": "Lamp", "kind": "procedure", "language": "en", "text": "x"}
    for n in range(count):
        join(lanzhu.organization, make_person(f"p{n}", f"Person {n}"), "documents.view")
    with act(lanzhu.organization, lanzhu.wei):
        made = [services.draft(values) for _n in range(count)]
        for n in range(count):
            remarks.make(made[0], f"Remark {n}")
            department = Department(name=f"Hall {n}")
            department.save()
            set_prefix("procedure", department, f"H{n}")
            Site(name=f"Site {n}").save()
        for documents in (made, *([made[0]] for _n in range(count))):
            holds.put(documents, "An inquiry")
        translate(made[0], "zh-hans", {"title": "灯", "text": "灯"})
        process = Process(title="Inspection")
        process.save()
        for n in range(count):
            Flow(process=process, what=f"Lots {n}", outside_party="Customers").save()
        for document in made:
            revision = document.newest()
            revision.approved_at = current().now()
            revision.save()
            audience.distribute(document, everyone=document == made[0], people=[lanzhu.min.person])
            assign(document)
            in_use(document, lanzhu)
    with act(lanzhu.organization, lanzhu.min):
        for n in range(min(count, saved.MOST)):
            saved.keep(by_key("documents"), f"View {n}", {"q": f"{n}"})


def in_use(document: Document, lanzhu: SimpleNamespace) -> None:
    """In force from outside, watched, and with thirty copies on paper."""
    document.state, document.kind, document.effective_on = "approved", "external", current().today()
    document.save()
    watching.watch(document, {"edition": "1", "source": "x", "watcher": lanzhu.tang.person, "months": 3})
    copies.issue(document, {"places": ["Board"], "people": [lanzhu.min.person, lanzhu.tang.person], "each": 10, "reason": "x"})


def _a_number(one: Operation) -> str:
    """The number of a record of the register that an operation stands below; the documents' own where it is no record's."""
    if one.register is None or one.register.key == "documents":
        return "QP-01"
    return (one.register.model.objects.first() or filled_record(one.register, "x")).number or ""


@pytest.mark.parametrize("count", [3, 30])
def test_what_is_read_takes_as_many_statements_however_much_there_is(lanzhu, count):
    fill(lanzhu, count)
    with act(lanzhu.organization, lanzhu.min):
        ids = {"{uuid:person}": str(lanzhu.tang.id), "{uuid:check}": str(checks.ask().pk)}
    program, taken = Program(lanzhu.min), {}
    for one in (one for one in operations() if one.method == "GET"):
        path = one.address
        for place, word in {**PLACES, **ids}.items():
            path = path.replace(place, word)
        with act(lanzhu.organization, lanzhu.min):
            path = path.replace("{number}", _a_number(one)) if one.of_record else path
        program.get(path)
        with CaptureQueriesContext(connection) as queries:
            answer = program.get(f"{path}?limit=100{ASKED.get(path, '')}" if one.lists else path)
        assert answer.status_code == 200, path
        taken[path] = len(queries) - (MOST_OF_A_PRINT - MOST) * one.file
        if path in MANY:
            assert len(answer.json()["items"]) >= count, path
    assert {path: n for path, n in taken.items() if n > MOST + OF_KINDS.get(path, 0)} == {}
