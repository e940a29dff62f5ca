"""The API proves an entry of a record's history to whoever may read the history."""

import json

import pytest
from django.test import Client

from guiju.lib import heads
from guiju.lib.merkle import includes, leaf
from guiju.modules.processes.models import Process
from guiju.organizations import tokens
from guiju.spine.acts import act
from guiju.spine.trail.models import Entry
from guiju.spine.trail.signing import sign_heads


def of(who, organization, *scope: str) -> Client:
    with act(organization, who):
        _, secret = tokens.make(who, "proofs", list(scope or ("*",)), None)
    return Client(headers={"authorization": f"Bearer {secret}", "accept-language": "en"})


@pytest.fixture
def sequence(lanzhu) -> int:
    """Of the entry that made PR-01, under a signed head."""
    with act(lanzhu.organization, lanzhu.wei):
        process = Process(title="Purchasing")
        process.save()
    sign_heads()
    return Entry.everywhere.get(record=process.pk).sequence


def test_an_entry_of_the_history_is_proved(lanzhu, sequence):
    client = of(lanzhu.wei, lanzhu.organization)
    (told,) = client.get("/api/v1/lanzhu/processes/PR-01/history/").json()["items"]
    assert told["sequence"] == sequence
    proof = client.get(f"/api/v1/lanzhu/processes/PR-01/history/{sequence}/proof/").json()
    said = heads.opened(proof["head"], heads.HEAD)
    path = [bytes.fromhex(one) for one in proof["path"]]
    assert json.loads(proof["entry"])["action"] == "create"
    assert includes(leaf(proof["entry"].encode()), proof["index"], said.size, path, bytes.fromhex(said.statement["root"]))


def test_a_proof_holds_no_value_and_no_name(lanzhu, sequence):
    answer = of(lanzhu.wei, lanzhu.organization).get(f"/api/v1/lanzhu/processes/PR-01/history/{sequence}/proof/")
    assert "Purchasing" not in answer.content.decode()
    assert "Wei" not in answer.content.decode()


@pytest.mark.parametrize("number", ["0", "1", "99999", "9" * 40])
def test_an_entry_of_something_else_is_not_proved_here(lanzhu, sequence, number):
    answer = of(lanzhu.wei, lanzhu.organization).get(f"/api/v1/lanzhu/processes/PR-01/history/{number}/proof/")
    assert (answer.status_code, answer.json()["detail"]) == (404, f"Entry {int(number)} is none of this record's history.")


def test_an_entry_that_is_not_signed_yet_says_when(lanzhu, sequence):
    with act(lanzhu.organization, lanzhu.wei):
        Process(title="Selling").save()
    client = of(lanzhu.wei, lanzhu.organization)
    (told,) = client.get("/api/v1/lanzhu/processes/PR-02/history/").json()["items"]
    answer = client.get(f"/api/v1/lanzhu/processes/PR-02/history/{told['sequence']}/proof/")
    assert answer.status_code == 404
    assert "signed each hour" in answer.json()["detail"]


def test_without_the_right_to_the_record_there_is_no_proof(lanzhu, sequence):
    narrow = of(lanzhu.wei, lanzhu.organization, "documents.view")
    assert narrow.get(f"/api/v1/lanzhu/processes/PR-01/history/{sequence}/proof/").status_code == 403


def test_another_organizations_entry_is_not_proved(lanzhu, other, sequence):
    with act(other.organization, other.eve):
        Process(title="Elsewhere").save()
    sign_heads()
    theirs = Entry.everywhere.filter(chain=other.organization.pk, kind="processes.process").get().sequence
    answer = of(lanzhu.wei, lanzhu.organization).get(f"/api/v1/lanzhu/processes/PR-01/history/{theirs}/proof/")
    assert answer.status_code == (200 if theirs == sequence else 404)
    assert of(lanzhu.wei, lanzhu.organization).get(f"/api/v1/other/processes/PR-01/history/{theirs}/proof/").status_code == 404
