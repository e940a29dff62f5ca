"""What programs send that cannot be: each gets a sentence, one shape, and nothing is half done."""

import pytest

from guiju.modules.documents.models import Document
from guiju.spine.acts import act
from guiju.spine.registers.tests.programs import Program, reasons


@pytest.fixture
def wei(lanzhu) -> Program:
    return Program(lanzhu.wei)


@pytest.fixture
def eve(other) -> Program:
    return Program(other.eve)


def is_a_problem(answer, status: int) -> dict:
    assert answer.status_code == status, answer.content.decode()
    assert answer.headers["Content-Type"] == "application/problem+json"
    content = answer.json()
    assert set(content) == {"type", "title", "status", "detail", "errors", "missing"}
    assert content["status"] == status and content["detail"] and content["title"]
    return content


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"title=x", 400),
        (b'{"title": NaN}', 400),
        (b'{"title": "a", "title": "b"}', 400),
        (b"[" * 5000 + b"]" * 5000, 400),
        (b'{"title": ' * 30 + b"1" + b"}" * 30, 400),
        (b'{"position": ' + b"9" * 5000 + b"}", 400),
        ('{"title": "岚竹"}'.encode("gb18030"), 400),
        ('{"title": "岚竹"}'.encode("utf-16"), 400),
        (b'["title"]', 422),
        (b'"title"', 422),
        (b'{"title": "\\ud83d"}', 422),
        (b'{"title": "a\\u0000b"}', 422),
        (b'{"title": {"a": 1}}', 422),
        (b'{"title": true}', 422),
        (b'{"title": "   "}', 422),
        (b'{"title": "' + b"x" * 301 + b'"}', 422),
        (b'{"title": "' + b"x" * (6 << 20) + b'"}', 413),
    ],
)
def test_content_that_is_no_record_is_refused_with_a_sentence(wei, body, status):
    is_a_problem(wei.ask("POST", "documents/", raw=body), status)


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=gbk", ""])
def test_another_kind_of_content_is_415(wei, media_type):
    is_a_problem(wei.ask("POST", "documents/", raw=b'{"title": "x"}', content_type=media_type), 415)


@pytest.mark.parametrize("title", ["龘 𠮷 🪔", "=cmd()|' /C calc'!A0", "a\u202eb", "<script>alert(1)</script>", "e\u0301"])
def test_rare_characters_come_back_as_they_were_sent(wei, title):
    address = wei.post("documents/", {"title": title}).headers["Location"]
    assert wei.get(address).json()["title"] == title


def test_other_methods_and_addresses_are_problems_too(wei):
    assert is_a_problem(wei.ask("PUT", "documents/", {}), 405)
    assert is_a_problem(wei.ask("DELETE", "documents/QP-01/"), 405)
    for path in ("documents/QP-01/", "lamps/", "documents/QP-01/fly/", "documents", "/api/v1/", "documents/%00/"):
        assert is_a_problem(wei.get(path), 404)
    assert is_a_problem(wei.post("documents/QP-01/fly/", {}), 404)


def test_a_number_that_an_address_needs_is_refused(wei):
    for number in ("new", "..", "import", "export.csv"):
        assert reasons(wei.post("documents/", {"title": "x", "number": number})) == {"number": "refused"}


@pytest.mark.parametrize(("position", "code"), [(-1, "min_value"), (2**15, "max_value"), (10**30, "max_value"), (1.5, "type")])
def test_a_whole_number_beyond_its_column_is_refused_on_both_databases(wei, position, code):
    assert reasons(wei.post("indicators/", {"title": "x", "decimals": position})) == {"decimals": code}


def test_a_number_is_given_once(wei):
    wei.post("documents/", {"title": "x"})
    assert reasons(wei.patch("documents/QP-01/", {"number": "QP-02"}, 1)) == {"number": "unknown"}


@pytest.mark.parametrize("tag", ["1", 'W/"1"', '"x"', '"2"'])
def test_a_version_that_is_not_the_present_one_is_412(wei, tag):
    wei.post("documents/", {"title": "x"})
    is_a_problem(wei.patch("documents/QP-01/", {"title": "y"}, if_match=tag), 412)


def test_uploads_are_judged(wei, settings):
    is_a_problem(wei.upload("empty.md", b""), 422)
    is_a_problem(wei.post("attachments/", {"file": "x"}), 415)
    is_a_problem(wei.ask("POST", "attachments/", raw=b"no parts", content_type="multipart/form-data; boundary=x"), 400)
    is_a_problem(wei.ask("POST", "attachments/", raw=b"--x--", content_type="multipart/form-data; boundary=x"), 422)
    is_a_problem(wei.ask("POST", "attachments/", raw=b"x", content_type="multipart/form-data"), 400)
    settings.MAX_UPLOAD_BYTES = 1 << 20
    is_a_problem(wei.upload("large.md", b"x" * (1 << 20) + b"y"), 413)
    assert wei.upload("../../etc/passwd", b"x").json()["name"] == "passwd"


def test_a_file_of_another_person_or_record_is_not_taken(wei, lanzhu):
    theirs = Program(lanzhu.min).upload("a.md", b"a").json()["id"]
    assert reasons(wei.post("documents/", {"title": "x", "file": theirs})) == {"file": "not_found"}
    own = wei.upload("b.md", b"b").json()["id"]
    assert wei.post("documents/", {"title": "x", "file": own}).status_code == 201
    assert reasons(wei.post("documents/", {"title": "y", "file": own})) == {"file": "not_found"}


def test_another_organizations_things_are_not_there(wei, eve, other, lanzhu):
    record = eve.post("documents/", {"title": "CANARY", "text": "CANARY"}).json()
    process = eve.post("processes/", {"title": "CANARY"}).json()
    file = eve.upload("canary.md", b"CANARY").json()["id"]
    stranger = Program(lanzhu.wei, slug="other")
    answers = [
        stranger.get("documents/"),
        stranger.get(f"documents/{record['number']}/"),
        stranger.post("documents/", {"title": "x"}),
        wei.get(f"documents/{record['number']}/"),
        wei.get(f"documents/{record['number']}/history/"),
        wei.get(f"documents/{record['number']}/files/{file}/"),
        wei.patch(f"documents/{record['number']}/", {"title": "x"}, 1),
        wei.post("documents/", {"title": "x", "process": process["id"]}),
        wei.post("documents/", {"title": "x", "file": file}),
        wei.post("documents/", {"title": "x", "owner": str(other.eve.id)}),
        wei.post("processes/", {"title": "x", "owner": str(other.eve.id)}),
    ]
    assert [answer.status_code for answer in answers] == [404] * 7 + [422] * 4
    for path in (f"documents/?process={process['id']}", f"documents/?owner={other.eve.id}", "documents/?q=CANARY"):
        answers.append(found := wei.get(path))
        assert found.json()["items"] == []
    assert not any(b"CANARY" in answer.content for answer in answers)
    with act(lanzhu.organization, lanzhu.wei):
        assert Document.objects.count() == 0


def test_an_address_with_a_line_break_is_a_problem_and_no_page(wei):
    is_a_problem(wei.get("documents/%0A/translations/%0A/"), 404)


@pytest.mark.parametrize(
    "path",
    [
        "documents/?kind=lamp",
        "documents/?state=-",
        "documents/QP-01/print/?sealed=null",
        "documents/QP-01/print/?language=xx",
        "people/?as_of=2026-01-01",
        "documents/QP-01/?as_of=yesterday",
        "copies/?view=lamp",
    ],
)
def test_a_word_of_the_query_that_is_not_known_is_refused_and_not_passed_over(wei, path):
    assert wei.post("documents/", {"title": "Soldering", "number": "QP-01"}).status_code == 201
    is_a_problem(wei.get(path), 422)


def test_what_is_no_id_is_said_to_be_none(wei):
    answer = wei.post("documents/", {"title": "Soldering", "made_with": "", "owner": "wei"})
    is_a_problem(answer, 422)
    assert reasons(answer) == {"made_with": "type", "owner": "type"}
