"""Custom fields are typed, shown and exported; nothing else reads them."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from guiju.modules.documents.models import Document
from guiju.modules.kinds.custom import CustomField, judged, shown
from guiju.modules.kinds.services import add_field, all_fields, change_field, end_field, fields, move_field
from guiju.organizations import tokens
from guiju.spine.acts import Refused
from guiju.spine.registers.declaration import by_key
from guiju.spine.registers.importing import Judge, guessed

FIELDS = [
    CustomField("place", "Place", "地点", required=True),
    CustomField("copies", "Copies", type="number"),
    CustomField("since", "Since", type="date"),
    CustomField("printed", "Printed", type="yes_no"),
    CustomField("class", "Class", type="choice", choices=("A", "B")),
]


def test_values_are_kept_by_type():
    given = {"place": " shelf 3 ", "copies": "4.50", "since": "2026-11-22", "printed": "true", "class": "B"}
    assert judged(FIELDS, given) == {"place": "shelf 3", "copies": "4.50", "since": "2026-11-22", "printed": True, "class": "B"}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Place: This field is required."),
        ({"place": "x", "copies": "four"}, "Copies: Enter a number."),
        ({"place": "x", "copies": "Infinity"}, "Copies: Enter a number."),
        ({"place": "x", "since": "22.11.2026"}, "Since: Enter a date, year first: 2026-11-30."),
        ({"place": "x", "printed": "perhaps"}, "Printed: Choose yes or no."),
        ({"place": "x", "class": "C"}, "Class: Choose one of the list."),
        ({"place": "x" * 2001}, "Place: At most 2000 characters."),
        ({"place": ["x"]}, "Place: This value does not fit here."),
        ({"place": "a\x00b"}, "Place: The text contains a character that cannot be stored (U+0000)."),
        ({"place": "x", "colour": "red"}, "There is no field “colour” of this kind."),
    ],
)
def test_what_does_not_fit_is_said_by_name(given, said):
    with pytest.raises(ValidationError) as refused:
        judged(FIELDS, given)
    assert said in refused.value.messages


def test_yes_and_no_are_words_for_people():
    assert [shown(FIELDS[3], value) for value in (True, False, None)] == ["Yes", "No", ""]


@pytest.fixture
def with_fields(as_wei) -> Client:
    add_field("procedure", {"label": "Place", "type": "text", "required": True})
    add_field("procedure", {"label": "Class", "type": "choice", "choices": ("A", "B")})
    client = Client()
    client.force_login(as_wei.wei.person)
    return client


def sent(**more):
    return {"title": "T", "kind": "procedure", "language": "en", "text": "x", **more}


def test_a_document_is_kept_and_shown_with_them(with_fields):
    form = with_fields.get("/lanzhu/documents/new/").content.decode()
    assert 'name="more_place"' in form and "<option>A</option>" in form
    assert with_fields.post("/lanzhu/documents/new/", sent(more_place="Shelf 3", more_class="B")).status_code == 302
    assert Document.objects.get().more == {"place": "Shelf 3", "class": "B"}
    assert "Shelf 3" in with_fields.get("/lanzhu/documents/QP-01/").content.decode()
    assert 'value="Shelf 3"' in with_fields.get("/lanzhu/documents/QP-01/change/").content.decode()


def test_what_is_missing_is_said_and_nothing_typed_is_lost(with_fields):
    answer = with_fields.post("/lanzhu/documents/new/", sent(more_class="B"))
    body = answer.content.decode()
    assert answer.status_code == 422 and "Place: This field is required." in body and "<option selected>B</option>" in body


def test_they_are_exported_under_their_names(with_fields):
    with_fields.post("/lanzhu/documents/new/", sent(more_place="Shelf 3"))
    table = with_fields.get("/lanzhu/documents/export.csv").getvalue().decode("utf-8-sig").splitlines()
    assert table[0].endswith("Place,Class") and table[1].endswith("Shelf 3,")


def test_an_ended_field_is_asked_no_more_and_what_was_entered_is_still_shown(with_fields):
    with_fields.post("/lanzhu/documents/new/", sent(more_place="Shelf 3"))
    end_field("procedure", "place")
    assert "more_place" not in with_fields.get("/lanzhu/documents/new/").content.decode()
    assert "Shelf 3" in with_fields.get("/lanzhu/documents/QP-01/").content.decode()


def test_the_api_writes_them_as_one_object(with_fields, as_wei):
    _row, secret = tokens.issue(as_wei.wei.person, "test", ["documents.*"])
    headers = {"HTTP_AUTHORIZATION": f"Bearer {secret}", "content_type": "application/json"}
    made = Client().post("/api/v1/lanzhu/documents/", json.dumps(sent(more={"place": "Shelf 3", "class": "C"})), **headers)
    assert made.status_code == 422 and "Choose one of the list" in made.content.decode()
    made = Client().post("/api/v1/lanzhu/documents/", json.dumps(sent(more={"place": "Shelf 3", "class": "A"})), **headers)
    assert made.status_code == 201 and made.json()["more"] == {"place": "Shelf 3", "class": "A"}


def in_sheet(*rows: str) -> list[tuple[dict, list[tuple[str, str]]]]:
    header, *lines = (row.split(",") for row in rows)
    register = by_key("documents")
    judge = Judge(register, guessed(register, header))
    return [
        (one.values.get("more", {}), [(reason.column, reason.key) for reason in one.reasons])
        for one in judge.judge(enumerate(lines, 2))
    ]


def test_they_are_brought_in_under_their_names(with_fields):
    assert in_sheet("Title,Kind,Place,Class", "T,Procedure,Shelf 3,B") == [({"place": "Shelf 3", "class": "B"}, [])]


def test_what_does_not_fit_is_said_of_its_cell(with_fields):
    assert in_sheet("Title,Kind,Place,Class", "T,Procedure,Shelf 3,C", "T,Form,Shelf 3,") == [
        ({}, [("own:Class", "Choose one of the list.")]),
        ({}, [("own:Place", "A document of this kind has no such field.")]),
    ]


def test_a_date_is_written_as_in_the_other_columns_and_yes_in_either_language(with_fields):
    add_field("form", {"label": "Since", "type": "date"})
    add_field("form", {"label": "Printed", "type": "yes_no"})
    assert in_sheet("Title,Kind,Since,Printed", "T,Form,2026/3/1,是") == [({"since": "2026-03-01", "printed": True}, [])]


def test_what_was_exported_is_as_it_is_when_it_comes_back(with_fields):
    with_fields.post("/lanzhu/documents/new/", sent(more_place="Shelf 3", more_class="B"))
    exported = with_fields.get("/lanzhu/documents/export.csv").getvalue().decode("utf-8-sig").splitlines()
    assert in_sheet(*exported) == [({}, [])]
    changed = [exported[0], exported[1].replace("Shelf 3", "Shelf 4")]
    assert [reasons for _more, reasons in in_sheet(*changed)] == [
        [("number", "The number %(number)s is used already, by a record that says something else.")]
    ]


def test_a_field_is_changed_and_keeps_what_was_entered(with_fields):
    with_fields.post("/lanzhu/documents/new/", sent(more_place="Shelf 3", more_class="B"))
    shown = with_fields.get("/lanzhu/kinds/procedure/field/place/").content.decode()
    assert 'value="Place"' in shown and 'value="number"' not in shown  # its type stays while something is entered
    change = {"label": "Where", "type": "text", "help": "Shelf or folder", "version": "2"}
    assert with_fields.post("/lanzhu/kinds/procedure/field/place/", change).status_code == 302
    assert with_fields.post("/lanzhu/kinds/procedure/field/place/", change).status_code == 422  # somebody was faster
    page = with_fields.get("/lanzhu/documents/QP-01/change/").content.decode()
    assert "Where" in page and "Shelf or folder" in page and 'value="Shelf 3"' in page
    history = with_fields.get("/lanzhu/kinds/procedure/").content.decode()
    assert "changed the field Where." in history and "Shelf or folder" in history


def test_what_stands_in_documents_stays_in_the_list_and_of_its_type(with_fields):
    with_fields.post("/lanzhu/documents/new/", sent(more_place="Shelf 3", more_class="B"))
    with pytest.raises(Refused, match="stays in the list: B"):
        change_field("procedure", "class", {"choices": ("A", "C")})
    with pytest.raises(Refused, match="its type stays"):
        change_field("procedure", "place", {"type": "number"})
    assert change_field("procedure", "class", {"choices": ("C", "B")}).choices == ("C", "B")


def test_a_field_is_put_in_order(with_fields):
    assert with_fields.post("/lanzhu/kinds/procedure/field/class/move/", {"to": "up"}).status_code == 302
    assert [one.key for one in fields("procedure")] == ["class", "place"]
    move_field("procedure", "class", 2)
    assert [one.key for one in fields("procedure")] == ["place", "class"]


def test_a_field_in_which_nothing_was_entered_goes_altogether(with_fields):
    with_fields.post("/lanzhu/documents/new/", sent(more_place="Shelf 3"))
    end_field("procedure", "place")
    end_field("procedure", "class")
    assert [(one.key, one.ended) for one in all_fields("procedure")] == [("place", True)]
