"""What a module may bring to the API: an address, a name and a shape that stand for nothing else."""

from dataclasses import replace

import pytest
from django.test import Client

from guiju.spine.registers.api import declaration
from guiju.spine.registers.api.declaration import Operation, Shape, declare
from guiju.spine.registers.declaration import by_key

LAMP = Shape("Lamp", {"id": {"type": "string"}})
LAMPS = Operation("GET", "documents/{number}/lamps/", "documents_lamps", "Lamps", list, list, LAMP, lists="id")


@pytest.fixture(autouse=True)
def none_else(monkeypatch):
    monkeypatch.setattr(declaration, "_operations", {})


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"address": "documents/{number}/history/"}, "stands for something else"),
        ({"address": "documents/{number}/submit/"}, "stands for something else"),
        ({"address": "documents/{number}/"}, "stands for something else"),
        ({"address": "documents/{number}/{slug:lamp}/"}, "stands for something else"),
        ({"address": "documents/lamps/"}, "could be a record's number"),
        ({"address": "attachments/lamps/"}, "stands for something else"),
        ({"address": "{slug:lamp}/"}, "stands for something else"),
        ({"address": "lamps"}, "no address"),
        ({"address": "lamps//"}, "no address"),
        ({"name": "documents_create"}, "two operations of this name"),
        ({"name": "documents_submit"}, "two operations of this name"),
        ({"shape": None}, "has a shape"),
        ({"method": "PATCH"}, "changes a row"),
        ({"file": True}, "a file is read"),
    ],
)
def test_what_stands_for_something_else_is_refused_at_start(changed, why):
    with pytest.raises(ValueError, match=why):
        declare(replace(LAMPS, **changed))


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({}, "two operations of this name"),
        ({"name": "again"}, "address is that of"),
        ({"name": "again", "method": "POST", "address": "documents/{number}/lamps/", "shape": Shape("Lamp", {})}, "two shapes"),
    ],
)
def test_what_clashes_with_another_is_refused_at_start(changed, why):
    declare(LAMPS)
    with pytest.raises(ValueError, match=why):
        declare(replace(LAMPS, **changed))


def test_an_open_place_meets_every_word():
    declare(replace(LAMPS, address="lamps/{slug:lamp}/"))
    for address in ("lamps/red/", "lamps/{uuid:other}/"):
        with pytest.raises(ValueError, match="address is that of"):
            declare(replace(LAMPS, name="again", method="POST", address=address))
    declare(replace(LAMPS, name="again", method="POST", address="lamps/{slug:lamp}/"))
    declare(replace(LAMPS, name="further", address="lamps/"))


def test_below_a_register_stand_words_that_no_number_can_be():
    declare(LAMPS, replace(LAMPS, name="views", address="documents/views/{slug:view}/"))


def test_every_word_that_the_api_itself_has_below_a_record_is_known(db):
    paths = Client().get("/api/v1/openapi.json").json()["paths"]
    below = {path.split("{number}/")[1].split("/")[0] for path in paths if "/evaluations/{number}/" in path} - {""}
    lines = {one.key for one in by_key("evaluations").lines}
    assert below - lines == declaration.OF_RECORDS - {"print"}
    assert {path.split("/")[4] for path in paths} - {"documents", "disposals", "processes"} >= declaration.OF_ORGANIZATIONS
