"""The file of a draft by the API: a token takes it, gives it back and brings it back as its person."""

import pytest

from guiju.conftest import join, make_person
from guiju.modules.documents.models import CheckOut
from guiju.spine.registers.tests.programs import Program, reasons
from guiju.spine.trail.verify import verify

ANY = ("documents.change", "documents.change_any")
HERE = "documents/SOP-1/"
NOBODY = {"taken_by": None, "taken_at": None}


@pytest.fixture
def wei(as_wei) -> Program:
    program = Program(as_wei.wei)
    file = program.upload("sop.md", b"one").json()["id"]
    content = {"title": "Soldering", "kind": "procedure", "language": "en", "number": "SOP-1", "file": file}
    assert program.post("documents/", content).status_code == 201
    return program


@pytest.fixture
def zhu(as_wei, wei) -> Program:
    """Somebody who may write documents, owns none and keeps no rules."""
    return Program(join(as_wei.organization, make_person("zhu", "Zhu"), "documents.view", "documents.create", *ANY))


def test_a_file_is_taken_worked_on_and_brought_back(wei, zhu, as_wei):
    assert wei.get(f"{HERE}check-out/").json().items() >= NOBODY.items()
    taken = wei.post(f"{HERE}check-out/")
    assert (taken.status_code, taken.json()["taken_by"]) == (200, {"id": str(as_wei.wei.id), "name": "Chen Wei"})
    assert zhu.get(f"{HERE}check-out/").json() == taken.json()
    assert b"".join(zhu.get(f"{HERE}files/{taken.json()['file']['id']}/").streaming_content) == b"one"
    new = wei.upload("sop.md", b"two").json()
    back = wei.post(f"{HERE}check-in/", {"file": new["id"], "changes": "Two steps"})
    assert back.json().items() >= NOBODY.items()
    assert back.json()["file"] == {"id": new["id"], "name": "sop.md", "digest": new["digest"]}
    assert CheckOut.objects.get().how == "brought_back"
    assert list(verify()) == []


def test_what_another_has_taken_is_neither_taken_nor_brought_back(wei, zhu):
    wei.post(f"{HERE}check-out/")
    for path, content in (
        ("check-out/", None),
        ("give-back/", None),
        ("check-in/", {"file": zhu.upload("a.md", b"x").json()["id"]}),
    ):
        refused = zhu.post(HERE + path, content)
        assert refused.status_code == 409
        assert "Chen Wei has taken the file" in refused.json()["detail"]


def test_a_file_is_given_back_as_it_was(wei, zhu):
    wei.post(f"{HERE}check-out/")
    assert wei.post(f"{HERE}give-back/").json().items() >= NOBODY.items()
    assert wei.post(f"{HERE}give-back/").status_code == 409
    assert zhu.post(f"{HERE}check-out/").json()["taken_by"]["name"] == "Zhu"


def test_what_comes_back_is_a_file_that_can_be_a_document(wei, zhu):
    wei.post(f"{HERE}check-out/")
    assert reasons(wei.post(f"{HERE}check-in/", {"lamp": 1})) == {"file": "required", "lamp": "unknown"}
    assert reasons(wei.post(f"{HERE}check-in/", {"file": "sop.md"})) == {"file": "type"}
    assert reasons(wei.post(f"{HERE}check-in/", {"file": wei.upload("a.exe", b"x").json()["id"]})) == {"file": "kind"}
    assert set(reasons(wei.post(f"{HERE}check-in/", {"file": zhu.upload("a.md", b"x").json()["id"]}))) == {"file"}
    assert wei.get(f"{HERE}check-out/").json()["taken_by"]


def test_anothers_check_out_is_ended_by_the_owner_with_a_reason(wei, zhu, as_wei):
    zhu.post(f"{HERE}check-out/")
    writer = Program(join(as_wei.organization, make_person("lin", "Lin"), "documents.view", *ANY))
    assert writer.post(f"{HERE}end-check-out/", {"reason": "x"}).status_code == 403
    assert reasons(wei.post(f"{HERE}end-check-out/", {})) == {"reason": "required"}
    assert wei.post(f"{HERE}end-check-out/", {"reason": "On leave"}).json().items() >= NOBODY.items()
    assert wei.post(f"{HERE}end-check-out/", {"reason": "On leave"}).status_code == 409
    refused = zhu.post(f"{HERE}check-in/", {"file": zhu.upload("a.md", b"x").json()["id"]})
    assert refused.status_code == 409 and "Chen Wei ended your check-out" in refused.json()["detail"]


def test_a_token_that_may_only_see_takes_nothing_from_anybody(wei, zhu, as_wei, other):
    zhu.post(f"{HERE}check-out/")
    seeing = (Program(as_wei.wei, "documents.view"), Program(as_wei.tang))
    for program in seeing:
        assert program.get(f"{HERE}check-out/").json()["taken_by"]["name"] == "Zhu"
        for path in ("check-out/", "give-back/", "check-in/", "end-check-out/"):
            assert program.post(HERE + path, {"reason": "x"} if path == "end-check-out/" else {}).status_code == 403
    for eve in (Program(other.eve), Program(other.eve, slug="lanzhu")):
        assert eve.get(f"{HERE}check-out/").status_code == 404 == eve.post(f"{HERE}check-out/").status_code
