"""Editions by the API: what is watched, who watches, what was found, over the version that was read."""

import pytest

from guiju.modules.documents.confidential import insiders
from guiju.modules.editions import watching
from guiju.modules.editions.models import Check
from guiju.modules.editions.tests.conftest import NEWER, values
from guiju.spine.acts import act
from guiju.spine.registers.tests.programs import Program, reasons
from guiju.spine.trail.verify import verify


@pytest.fixture
def here(standard) -> str:
    return f"documents/{standard.number}/edition/"


@pytest.fixture
def wei(house, standard) -> Program:
    return Program(house.wei)


def said(house, **more) -> dict:
    given = values(house, **more)
    return given | {"watcher": str(given["watcher"].pk), "checked_on": "2026-03-02"}


def test_who_watches_is_set_over_the_version_that_was_read(wei, here, house):
    assert wei.get(here).status_code == 404
    made = wei.ask("PUT", here, said(house))
    assert (made.status_code, made.json()["next_on"], made.json()["watcher"]["name"]) == (200, "2026-09-02", "Yu Yan")
    assert (made.json()["checks"], made.json()["due"]) == ([], False)
    tag = wei.get(here).headers["ETag"]
    assert wei.ask("PUT", here, said(house, months=3)).status_code == 428
    assert wei.ask("PUT", here, said(house, months=3), if_match=tag).json()["next_on"] == "2026-06-02"
    assert wei.ask("PUT", here, said(house, months=9), if_match=tag).status_code == 412
    assert list(verify()) == []


def test_what_does_not_fit_is_said_field_by_field(wei, here, house):
    assert reasons(wei.ask("PUT", here, {"months": 0, "watcher": "nobody", "lamp": 1})) == {
        "edition": "required",
        "source": "required",
        "watcher": "type",
        "months": "min_value",
        "lamp": "unknown",
    }
    assert reasons(wei.ask("PUT", here, said(house) | {"checked_on": "2026-03-03"})) == {"checked_on": "refused"}


def test_what_was_written_here_is_not_watched(wei, here, house, draft):
    answer = wei.ask("PUT", f"documents/{draft.number}/edition/", said(house))
    assert answer.status_code == 422
    assert answer.json()["detail"] == "Only external documents have editions to watch; this one was written here."


def test_that_there_is_no_newer_edition_is_recorded(wei, here, watched):
    answer = wei.post(f"{here}check/", {"checked_on": "2026-03-02", "note": "Web store"})
    assert answer.status_code == 200 and answer.headers["ETag"] == wei.get(here).headers["ETag"]
    (check,) = wei.get(here).json()["checks"]
    assert (check["held"], check["edition"], check["note"], check["made_by"]["name"]) == (
        "IEC 60598-1:2020",
        "",
        "Web store",
        "Chen Wei",
    )


def test_a_newer_edition_is_recorded_with_what_it_means(wei, here, watched):
    assert reasons(wei.post(f"{here}newer/", NEWER | {"checked_on": "2026-03-02", "decision": "not_applicable"})) == {
        "reason": "invalid"
    }
    answer = wei.post(f"{here}newer/", NEWER | {"checked_on": "2026-03-02", "applies_on": "2027-01-01"})
    (check,) = answer.json()["checks"]
    assert (check["edition"], check["decision"], check["applies_on"]) == ("IEC 60598-1:2024", "take_over", "2027-01-01")
    (row,) = wei.get("editions/?view=moving").json()["items"]
    assert row["to_take_over"] == "IEC 60598-1:2024"


def test_a_check_can_name_the_version_that_it_was_made_over(wei, here, watched):
    tag, content = wei.get(here).headers["ETag"], {"checked_on": "2026-03-02"}
    assert [wei.post(f"{here}check/", content, if_match=tag).status_code for _ in range(2)] == [200, 412]


def test_a_check_that_is_sent_again_under_one_key_is_one_check(wei, here, watched, house):
    tag = wei.get(here).headers["ETag"]
    sent = [wei.post(f"{here}check/", {"checked_on": "2026-03-02"}, if_match=tag, idempotency_key="k") for _ in range(2)]
    assert [one.status_code for one in sent] == [200, 200] and sent[0].json() == sent[1].json()
    with act(house.organization, house.wei):
        assert Check.objects.count() == 1


def test_a_watch_is_ended_with_a_reason(wei, here, watched):
    assert reasons(wei.post(f"{here}end/", {"reason": " "})) == {"reason": "required"}
    ended = wei.post(f"{here}end/", {"reason": "Sold no longer"})
    assert ended.json()["ended_at"] and not ended.json()["due"]
    assert wei.post(f"{here}end/", {"reason": "Again"}).status_code == 409
    assert wei.post(f"{here}check/", {"checked_on": "2026-03-02"}).status_code == 409
    assert [one["watch"] for one in wei.get("editions/?view=unwatched").json()["items"]] == [None]


def test_what_is_to_be_checked_first_comes_first(wei, house, take, standard, watched):
    with act(house.organization, house.wei):
        wei.post("documents/", {"title": "Glass", "kind": "external", "language": "en", "text": "x", "number": "GLASS"})
        wei.ask("PUT", "documents/GLASS/edition/", said(house) | {"next_on": "2026-03-05"})
    rows = wei.get("editions/").json()["items"]
    assert [(one["number"], one["watch"]["due"]) for one in rows] == [("GLASS", True), (standard.number, False)]
    assert [one["number"] for one in wei.get("editions/?view=due").json()["items"]] == ["GLASS"]
    page = wei.get("editions/?limit=1").json()
    rest = wei.get(f"editions/?limit=1&after={page['next']}").json()
    assert ([one["number"] for one in rest["items"]], rest["next"]) == ([standard.number], None)
    for query in ("view=old", "watcher=x", "after=x", "limit=0", "colour=red"):
        assert wei.get(f"editions/?{query}").status_code == 422


def test_a_token_without_the_right_to_change_watches_and_checks_nothing(wei, here, house, watched, other):
    for program in (Program(house.yu), Program(house.wei, "documents.view")):
        assert program.get(here).status_code == 200
        assert program.ask("PUT", here, said(house), if_match="*").status_code == 403
        for word in ("check", "newer", "end"):
            assert program.post(f"{here}{word}/", {}).status_code == 403
    assert Program(other.eve).get(here).status_code == 404 == Program(other.eve, slug="lanzhu").get(here).status_code
    assert Program(other.eve).get("editions/").json()["items"] == []
    assert reasons(wei.ask("PUT", here, said(house) | {"watcher": str(other.eve.id)}, if_match="*")) == {
        "watcher": "invalid_choice"
    }


def test_of_a_confidential_document_nothing_is_there(wei, here, house, standard, watched):
    with act(house.organization, house.wei):
        watching.end(standard, "x")
        insiders.set_confidential(standard, True, [], "x")
    for program in (Program(house.hua), Program(house.yu)):
        assert program.get(here).status_code == 404
        assert program.get("editions/?view=unwatched").json()["items"] == []
