"""The matrix: people against documents, for those who say who reads them; and each person's own record."""

from collections.abc import Iterable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guiju.conftest import join, make_person
from guiju.modules.documents import services
from guiju.modules.documents.confidential import insiders
from guiju.modules.readings import audience, confirming
from guiju.modules.readings.matrix import asking, cells, pages
from guiju.modules.readings.matrix.asking import Asked
from guiju.modules.readings.models import Reading
from guiju.organizations.models import Department, Membership
from guiju.spine.acts import Act, Refused, current
from guiju.spine.registers import going
from guiju.spine.registers.tests.programs import Program

MATRIX = "/lanzhu/readings/matrix/"


@pytest.fixture
def in_force(draft, team, take, as_):
    """QP-01, to be read by Tang and Hua."""
    with as_(team.wei):
        audience.distribute(draft, people=[team.tang.person, team.hua.person])
    return approved(draft, team, take)


def approved(document, team, take):
    document = take(document, "submit", team.wei, reviewers=[team.min.person])
    return take(take(document, "review", team.min), "approve", team.min)


def signed_in(member) -> Client:
    client = Client()
    client.force_login(member.person)
    return client


def page(member, path: str = MATRIX) -> str:
    return signed_in(member).get(path).content.decode()


def cell_of(person, document) -> cells.Cell | None:
    return cells.cells([person.id], [document]).get((person.id, document.pk))


def names(rows: Iterable[Membership]) -> list[str]:
    return [row.person.name for row in rows]


def test_a_cell_says_how_far_a_person_is_with_a_document(in_force, team, as_, monkeypatch):
    with as_(team.tang):
        confirming.confirm(in_force)
    with as_(team.wei):
        assert (cell_of(team.tang, in_force).state, cell_of(team.tang, in_force).revision) == ("confirmed", "1")
        assert cell_of(team.hua, in_force).state == "open"
        assert cell_of(team.jun, in_force) is None
        later = current().today() + timedelta(days=30)
        monkeypatch.setattr(Act, "today", lambda _act: later)
        assert cell_of(team.hua, in_force).state == "overdue"


def test_a_later_revision_is_open_for_who_is_asked_and_the_earlier_stands_for_who_is_not(in_force, team, as_, take):
    for who in (team.tang, team.hua):
        with as_(who):
            confirming.confirm(in_force)
    with as_(team.wei):
        audience.distribute(in_force, people=[team.hua.person])
    document = take(in_force, "revise", team.wei, reason="More")
    with as_(team.wei):
        document = services.change(document, {"text": "Lamps burn for six hours."})
    document = approved(document, team, take)
    with as_(team.wei):
        assert (cell_of(team.hua, document).state, cell_of(team.hua, document).revision) == ("open", "2")
        assert (cell_of(team.tang, document).state, cell_of(team.tang, document).revision) == ("earlier", "1")


def test_it_is_shown_for_the_revision_that_is_chosen(in_force, team, as_, take):
    with as_(team.tang):
        confirming.confirm(in_force)
    document = take(in_force, "revise", team.wei, reason="More")
    with as_(team.wei):
        document = services.change(document, {"text": "Lamps burn for six hours."})
    approved(document, team, take)
    states = {}
    for words in ("revision=in_force", "revision=before", "document=QP-01&revision=1", "document=QP-01&revision=2"):
        rows = Program(team.wei).get(f"readings/matrix/?{words}").json()["items"]
        said = {row["person"]["name"]: [one["state"] for one in row["readings"]] for row in rows}
        states[words] = (said["Tang Li"], said["Lin Hua"])
    now, then = (["open"], ["open"]), (["confirmed"], ["unread"])
    assert list(states.values()) == [now, then, then, now]
    shown = page(team.wei, f"{MATRIX}?revision=before")
    assert "Shown for: the one before the one in force." in shown and "rev. 1" in shown and "not read" in shown
    assert "revision=2" in page(team.wei, f"{MATRIX}?document=QP-01")
    file = b"".join(signed_in(team.wei).get(f"{MATRIX}export.csv?revision=before").streaming_content)
    head = file.decode().splitlines()[0]
    assert "QP-01 Ageing rev. 1" in head
    assert signed_in(team.wei).get(f"{MATRIX}?revision=7").status_code in (400, 422)


def test_the_page_names_people_documents_and_states(in_force, team, as_):
    with as_(team.tang):
        confirming.confirm(in_force)
    shown = page(team.wei)
    assert "Tang Li" in shown and "QP-01" in shown and "confirmed" in shown and "to be read" in shown


def test_it_is_for_those_who_say_who_reads(in_force, team):
    assert signed_in(team.tang).get(MATRIX).status_code == 403
    assert signed_in(team.tang).get(f"{MATRIX}export.csv").status_code == 403
    assert signed_in(team.tang).get("/lanzhu/readings/").headers["Location"] == "/lanzhu/readings/mine/"
    assert signed_in(team.wei).get("/lanzhu/readings/").headers["Location"] == MATRIX


def test_a_confidential_document_stands_there_only_for_who_sees_it(in_force, team, as_):
    manager = join(team.organization, make_person("eva", "Eva"), "documents.view", "documents.distribute")
    assert "QP-01" in page(manager)
    with as_(team.wei):
        insiders.set_confidential(in_force, True, [], "x")
    assert "QP-01" not in page(manager) and "1 to be read" not in page(manager)
    assert "QP-01" not in page(manager, f"/lanzhu/readings/of/{team.tang.id}/")
    assert "QP-01" in page(team.wei)


def test_people_of_a_department_are_those_below_it_too(in_force, team, as_):
    with as_(team.wei):
        hall = Department(name="Hall")
        hall.save()
        line = Department(name="Line", parent=hall)
        line.save()
        row = Membership.objects.get(person=team.tang.id)
        row.department = line
        row.save()
        assert names(asking.members(Asked(department=hall.pk))) == ["Tang Li"]
        assert names(asking.members(Asked(q="唐"))) == ["Tang Li"]
        assert list(asking.documents(Asked(kind="manual"))) == []


def test_people_and_documents_are_paged_by_key(in_force, team, as_):
    with as_(team.wei):
        seen, key = [], ""
        while rows := (found := asking.members_page(Asked(people=asking.page_key(key)), most=2))[0]:
            seen, key = seen + names(rows), found[1]
            if not key:
                break
        assert seen == sorted(names(asking.members(Asked())))
        assert asking.documents_page(Asked(documents="QP-01")) == ([], "")
    for wrong in ("people=x", "department=x", "kind=x"):
        assert signed_in(team.wei).get(f"{MATRIX}?{wrong}").status_code == 422
    with as_(team.wei), pytest.raises(Refused):
        asking.members_page(Asked(people=in_force.pk))


@pytest.mark.parametrize("count", [2, 12])
def test_it_takes_as_many_statements_however_many_people_and_documents(team, as_, count):
    people = [join(team.organization, make_person(f"p{n}", f"Person {n}")).person for n in range(count)]
    with as_(team.wei):
        for n in range(count):
            document = services.draft({"title": f"Lamp {n}", "kind": "procedure", "language": "en", "text": "x"})
            revision = document.newest()
            revision.approved_at = current().now()
            revision.save()
            for person in people:
                Reading(revision=revision, person=person, asked_at=current().now(), due_on=current().today()).save()
    wei, taken = signed_in(team.wei), {}
    wei.get("/lanzhu/")
    paths = {"matrix": MATRIX, "file": f"{MATRIX}export.csv", "record": f"/lanzhu/readings/of/{people[0].pk}/"}
    for name, path in paths.items():
        with CaptureQueriesContext(connection) as queries:
            answer = wei.get(path)
            assert "Person 0" in b"".join(answer).decode()
        taken[name] = len(queries)
    assert taken == {"matrix": 12, "file": 9, "record": 8}


def test_the_matrix_leaves_as_a_file(in_force, team, as_):
    with as_(team.tang):
        confirming.confirm(in_force)
        day = current().now().date().isoformat()
    lines = b"".join(signed_in(team.wei).get(f"{MATRIX}export.csv?q=tang").streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0] == "Person,User name,Department,To be read,Overdue,QP-01 Ageing"
    assert lines[1].startswith("Tang Li,tang,,0,0,confirmed 1 ") and len(lines) == 2 and day[:4] in lines[1]
    assert signed_in(team.wei).get(f"{MATRIX}export.xlsx").status_code == 200


def test_a_file_that_would_take_too_long_says_so(in_force, team, monkeypatch):
    monkeypatch.setattr(pages, "MOST", 1)
    answer = signed_in(team.wei).get(f"{MATRIX}export.csv")
    assert answer.status_code == 422 and "at most 1 cells in a file; narrow it." in answer.content.decode()


def test_each_sees_what_they_have_read_and_nobody_elses(in_force, team, as_):
    with as_(team.tang):
        confirming.confirm(in_force)
    shown = page(team.tang, "/lanzhu/readings/mine/")
    assert "What I have read" in shown and "QP-01" in shown and "confirmed" in shown
    assert signed_in(team.tang).get(f"/lanzhu/readings/of/{team.hua.id}/").status_code == 403
    assert "What Tang Li has read" in page(team.wei, f"/lanzhu/readings/of/{team.tang.id}/")
    sent = b"".join(signed_in(team.tang).get("/lanzhu/readings/mine/export.csv").streaming_content).decode("utf-8-sig")
    assert sent.splitlines()[1].startswith("Tang Li,tang,QP-01,Ageing,1,confirmed,")


def test_programs_read_the_matrix_and_ones_own_record(in_force, team, as_):
    with as_(team.tang):
        confirming.confirm(in_force)
    (row,) = Program(team.wei).get("readings/matrix/?q=tang").json()["items"]
    assert (row["person"]["name"], row["open"], row["overdue"]) == ("Tang Li", 0, 0)
    assert [(one["number"], one["state"]) for one in row["readings"]] == [("QP-01", "confirmed")]
    first = Program(team.wei).get("readings/matrix/?limit=1").json()
    assert Program(team.wei).get(f"readings/matrix/?limit=1&after={first['next']}").json()["items"] != first["items"]
    (own,) = Program(team.tang).get(f"readings/of/{team.tang.id}/").json()["items"]
    assert (own["number"], own["state"], own["how"]) == ("QP-01", "confirmed", "signed_in")
    assert Program(team.tang).get(f"readings/of/{team.hua.id}/").status_code == 403
    assert Program(team.tang).get("readings/matrix/").status_code == 403


def test_the_palette_leads_to_it(in_force, team, as_):
    with as_(team.wei):
        assert [one.label for one in going.places.fitting(going.places.every(), "培训矩阵")] == ["Reading matrix"]
    with as_(team.tang):
        assert [one.label for one in going.places.fitting(going.places.every(), "training")] == ["What I have read"]
