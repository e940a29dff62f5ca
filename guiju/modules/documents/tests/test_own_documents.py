"""The right to write is a right to one's own documents; others' are worked on by whoever keeps them all."""

import pytest

from guiju.conftest import join, make_person
from guiju.modules.documents import services
from guiju.modules.documents.workflow import document_workflow
from guiju.modules.processes.models import Process
from guiju.organizations.roles import DEFAULTS
from guiju.spine.acts import NotPermitted

WRITES = next(one.actions for one in DEFAULTS if one.key == "process_owner")
WORK = ("change", "submit", "return", "revise")


@pytest.fixture
def ping(team):
    """A process owner, who has nothing to do with the draft."""
    return join(team.organization, make_person("ping", "Ping"), *WRITES)


def may(who, document) -> set[str]:
    return {verb for verb in WORK if who.may(f"documents.{verb}", document)}


def test_nobody_works_on_a_document_of_others(draft, ping, team, take, as_):
    with as_(ping):
        assert may(ping, draft) == set() and ping.may("documents.change")
        assert [door.name for door in document_workflow.doors(draft)] == []
    with pytest.raises(NotPermitted):
        take(draft, "submit", ping, reviewers=[team.min.person])
    sent = take(draft, "submit", team.wei, reviewers=[team.min.person])
    with pytest.raises(NotPermitted):
        take(sent, "return", ping, reason="Not mine")


def test_the_owner_of_a_document_and_of_its_process_work_on_it(draft, ping, team, as_):
    with as_(team.wei):
        process = Process(title="Ageing", owner=ping.person)
        process.state = "current"
        process.save()
        of_process = services.change(draft, {"process": process})
        owned = services.draft({"title": "Mine", "kind": "procedure", "language": "en", "owner": ping.person})
    with as_(ping):
        assert may(ping, of_process) == may(ping, owned) == set(WORK)


def test_whoever_wrote_it_or_is_asked_works_on_it(draft, ping, team, take, as_):
    with as_(ping):
        written = services.draft({"title": "Mine", "kind": "procedure", "language": "en", "owner": team.wei.person})
        assert may(ping, written) == set(WORK)
    sent = take(draft, "submit", team.wei, reviewers=[ping.person])
    assert take(sent, "return", ping, reason="Say how long").state == "draft"


def test_a_deputy_works_on_what_is_the_absent_persons(draft, ping, team, as_):
    stands_in = type(ping)(ping.person, ping.organization, ping.actions, deputy_for=team.wei.person)
    with as_(stands_in):
        assert may(stands_in, draft) == set(WORK)


def test_whoever_keeps_all_documents_works_on_any(draft, team, as_):
    keeper = join(team.organization, make_person("qm", "Quality Manager"), "documents.*")
    with as_(keeper):
        assert may(keeper, draft) == set(WORK)
