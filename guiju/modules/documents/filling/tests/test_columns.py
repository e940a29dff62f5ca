"""What a form asks of the cells of its tables: types, what is required, rows as many as are needed."""

import pytest
from django.test import Client

from guiju.modules.documents import services
from guiju.modules.documents.filling import blanks, columns, making
from guiju.modules.documents.models import Document, Revision
from guiju.spine.acts import Refused, act
from guiju.spine.registers.tests.programs import Program, reasons

FILL = "/lanzhu/documents/FM-01/fill/"
SHEET = """# Inspection

| Lot {required} | Torque {number, required} | On {date} | Passed {yes/no} | Sort {choice: A / B} |
|---|---|---|---|---|
| | | | | |

| Asked | Answer |
|---|---|
| Inspector {required} | |
| Temperature {数字，必填} | |
| Remark {sic} | |"""


@pytest.fixture
def form(team, as_, take) -> Document:
    with as_(team.wei):
        made = services.draft({"title": "Sheet", "kind": "form", "language": "en", "text": SHEET})
    made = take(made, "submit", team.wei, reviewers=[team.min.person])
    return take(take(made, "review", team.min), "approve", team.min)


@pytest.fixture
def client(team) -> Client:
    client = Client()
    client.force_login(team.wei.person)
    return client


GOOD = {
    "text": SHEET,
    "cell-Lot/1": "7",
    "cell-Torque/1": "4.5",
    "cell-On/1": "2026-11-20",
    "cell-Passed/1": "yes",
    "cell-Sort/1": "A",
    "cell-Inspector/1 2": "Hao",
    "cell-Temperature/1 2": "21",
}


def test_each_cell_has_the_control_of_what_is_asked(form, client):
    shown = client.get(FILL).content.decode()
    assert 'type="date" name="cell-On/1"' in shown and "<option>A</option><option>B</option>" in shown
    assert 'inputmode="decimal"' in shown and "<option>yes</option>" in shown and 'aria-required="true"' in shown
    table = shown[shown.index("gj-fillable") : shown.index("gj-fill-apart")]
    assert "{number" not in table and "必填" not in table and "Remark {sic}" in table


def test_a_row_more_keeps_what_was_entered_and_all_rows_stand_in_the_record(form, client, team):
    longer = client.post(FILL, {**GOOD, "cell-Torque/1": "much", "add_row": "0"})
    shown = longer.content.decode()
    assert longer.status_code == 200 and 'value="much"' in shown and 'name="cell-Torque/2"' in shown
    assert shown.count('name="add_row"') == 1, "a table that names its rows has as many as it names"
    text = blanks.with_row(blanks.with_row(SHEET, 0), 0)
    assert client.post(FILL, {**GOOD, "text": text, "cell-Lot/2": "8", "cell-Torque/2": "5"}).status_code == 302
    with act(team.organization, team.wei):
        kept = Revision.objects.get(document__kind="record").text
    assert "| 7 | 4.5 | 2026-11-20 | yes | A |\n| 8 | 5 |  |  |  |\n\n" in kept and "{required}" not in kept
    assert "| Inspector | Hao |" in kept and "| Temperature | 21 |" in kept


def test_bad_cells_are_named_by_row_column_and_reason_and_nothing_is_lost(form, client):
    text = blanks.with_row(SHEET, 0)
    bad = {"cell-Torque/1": "much", "cell-On/1": "soon", "cell-Lot/2": "8", "cell-Sort/2": "C", "cell-Inspector/1 2": ""}
    answer = client.post(FILL, {**GOOD, **bad, "text": text})
    shown = answer.content.decode()
    assert answer.status_code == 422
    for said in (
        "Row 1 (7), Torque: Enter a number.",
        "Row 1 (7), On: Enter a date, year first: 2026-11-30.",
        "Row 2 (8), Torque: this cell must be filled in",
        "Row 2 (8), Sort: Choose one of the list.",
        "Row 1 (Inspector), Answer: this cell must be filled in",
    ):
        assert said in shown, said
    assert 'value="much"' in shown and 'value="soon"' in shown and "<option selected>C</option>" in shown


def test_programs_are_asked_the_same_and_a_correction_too(form, team, as_):
    wei = Program(team.wei)
    assert reasons(wei.post("documents/FM-01/fill/", {"text": SHEET + "\n\nAll is well."})) == {"cells": "refused"}
    text, _lost = blanks.filled_in(columns.plain(SHEET), {k.removeprefix("cell-"): v for k, v in GOOD.items() if k != "text"})
    with as_(team.wei):
        made = making.fill(form, {"text": text})
        with pytest.raises(Refused, match="Some cells do not fit"):
            services.change(Document.locked(made.pk), {"text": text.replace("4.5", "much")})
        services.change(Document.locked(made.pk), {"text": text.replace("4.5", "4.6")})


def test_words_in_braces_that_ask_nothing_stay_as_they_are():
    assert columns.asked("Set {x, y}") is None and columns.name("Set {x, y}") == "Set {x, y}"
    assert columns.asked("扭矩 {数字，必填}") is not None and columns.name("扭矩 {数字，必填}") == "扭矩"
    assert columns.asked("Sort {choice: A / B, required}").choices == ("A", "B")


def test_empty_rows_nobody_began_do_not_come_along():
    assert blanks.without_empty_rows(blanks.with_row(SHEET, 0), SHEET) == SHEET
