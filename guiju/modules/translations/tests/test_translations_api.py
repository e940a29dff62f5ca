"""Translations by the API: written over what was read, checked by another."""

import pytest

from guiju.modules.documents.confidential import insiders
from guiju.spine.acts import act
from guiju.spine.registers.tests.programs import Program, reasons

HERE = "documents/QP-01/translations/"
CHINESE = {"title": "老化", "text": "灯具在 45 °C 下燃烧四小时。"}


@pytest.fixture
def wei(team, draft) -> Program:
    return Program(team.wei)


def put(program: Program, content: dict, language: str = "zh-hans", **headers: str):
    return program.ask("PUT", f"{HERE}{language}/", content, **headers)


def test_a_translation_is_written_read_and_checked_by_another(wei, team):
    answer = put(wei, CHINESE)
    assert (answer.status_code, answer.json()["source"], answer.json()["stale"]) == (200, "1", False)
    (listed,) = wei.get(HERE).json()["items"]
    assert listed["title"] == "老化" and "text" not in listed
    assert wei.get(f"{HERE}zh-hans/").json()["text"] == CHINESE["text"]
    assert wei.post(f"{HERE}zh-hans/check/").status_code == 403
    checked = Program(team.min).post(f"{HERE}zh-hans/check/").json()
    assert checked["checked_by"]["name"] == "Zhou Min"
    assert Program(team.min).post(f"{HERE}zh-hans/check/", {}).status_code == 409
    assert Program(team.min).post(f"{HERE}zh-hans/check/", {"lamp": 1}).status_code == 422


def test_what_another_has_written_meanwhile_is_not_written_over(wei, team):
    tag = put(wei, CHINESE).headers["ETag"]
    assert put(Program(team.min), {**CHINESE, "title": "老化试验"}).status_code == 428
    changed = put(Program(team.min), {**CHINESE, "title": "老化试验"}, if_match=tag)
    assert (changed.status_code, changed.json()["title"]) == (200, "老化试验")
    assert put(wei, CHINESE, if_match=tag).status_code == 412


def test_a_file_sent_before_is_the_translation(wei):
    sent = wei.upload("ageing.md", b"# Ageing\n").json()
    made = put(wei, {"title": "老化", "file": sent["id"]}).json()
    assert made["file"]["id"] == sent["id"]
    assert wei.get(f"documents/QP-01/files/{sent['id']}/").status_code == 200


def test_what_does_not_fit_names_its_field(wei):
    assert reasons(put(wei, {"text": 7, "lamp": 1})) == {"title": "required", "text": "type", "lamp": "unknown"}
    assert reasons(put(wei, {"title": "x"})) == {"text": "refused"}
    assert put(wei, CHINESE, "en").status_code == 422
    assert put(wei, CHINESE, "other").status_code == 404
    assert wei.get(f"{HERE}klingon/").status_code == 404
    assert wei.get(f"{HERE}zh-hans/").status_code == 404
    assert wei.post(f"{HERE}zh-hans/check/").status_code == 404


def test_without_the_right_and_elsewhere_there_is_none(wei, team, draft, other):
    put(wei, CHINESE)
    assert put(Program(team.tang), CHINESE, if_match="*").status_code == 403
    assert Program(team.tang).post(f"{HERE}zh-hans/check/").status_code == 403
    with act(team.organization, team.wei):
        insiders.set_confidential(draft, True, [], "x")
    for program in (Program(other.eve), Program(other.eve, slug="lanzhu"), Program(team.hua)):
        assert [program.get(HERE).status_code, program.get(f"{HERE}zh-hans/").status_code] == [404, 404]
        assert put(program, CHINESE, if_match="*").status_code == 404
        assert program.post(f"{HERE}zh-hans/check/").status_code == 404
