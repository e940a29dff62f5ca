"""The page of health says when the trail was signed last, by which key, and whether it was stamped."""

from datetime import timedelta

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.utils import timezone

from guiju.modules.processes.models import Process
from guiju.project.checkup.line import State
from guiju.spine.acts import act
from guiju.spine.trail import keys
from guiju.spine.trail.models import Stamp
from guiju.spine.trail.signing import last, sign_heads
from guiju.spine.trail.tests.test_verify import by_sql


def wrote(lanzhu, title: str = "Purchasing") -> None:
    with act(lanzhu.organization, lanzhu.wei):
        Process(title=title).save()


def test_before_anything_is_signed_nothing_is_wrong(line):
    said = line("Signed head")
    assert (said.state, said.code) == (State.OPEN, ("guiju trail sign",))
    assert line("Key of the trail").state is State.OPEN


def test_the_last_head_is_said_with_its_size(line, lanzhu):
    sign_heads()
    said = line("Signed head")
    assert said.state is State.FINE
    assert f"over {last(lanzhu.organization.pk).size} entries." in said.says
    assert "send the head away" in said.do


def test_entries_of_the_last_hours_need_not_be_signed_yet(line, lanzhu):
    sign_heads()
    wrote(lanzhu)
    assert line("Signed head").state is State.FINE


def test_entries_that_wait_for_long_say_what_to_do(line, lanzhu):
    sign_heads()
    wrote(lanzhu)
    with time_machine.travel(timezone.now() + timedelta(hours=5), tick=False):
        said = line("Signed head")
    assert (said.state, said.code) == (State.LOOK, ("guiju trail sign",))
    assert "1 entry since then is not signed, for 5 hours by now." in said.says


def test_nothing_signed_at_all_for_long_is_to_look_at(line, lanzhu):
    with time_machine.travel(timezone.now() + timedelta(hours=5), tick=False):
        said = line("Signed head")
    assert said.state is State.LOOK
    assert said.says.startswith("Nothing is signed yet.")


def test_an_old_head_is_fine_when_nothing_was_written_since(line, lanzhu):
    sign_heads()
    with time_machine.travel(timezone.now() + timedelta(minutes=50), tick=False):
        assert line("Signed head").state is State.FINE


def test_a_database_older_than_the_file_beside_the_key_is_broken(line, lanzhu):
    sign_heads()
    by_sql("DELETE FROM trail_signedhead")
    said = line("Signed head")
    assert said.state is State.BROKEN
    assert said.code[0] == "guiju trail verify"
    assert str(settings.LAST_HEADS) in said.code[1]


def test_fewer_entries_than_were_signed_are_broken(line, lanzhu):
    sign_heads()
    by_sql("UPDATE trail_head SET length = 2 WHERE chain = %s", lanzhu.organization.pk)
    said = line("Signed head")
    assert said.state is State.BROKEN
    assert "taken from the end" in said.says


def test_the_fingerprint_is_shown(line, lanzhu):
    sign_heads()
    said = line("Key of the trail")
    assert said.state is State.FINE
    assert keys.fingerprint() in said.says


@pytest.mark.parametrize("how", ["gone", "another"])
def test_a_machine_without_the_key_is_broken(line, lanzhu, signing_key, how):
    sign_heads()
    before = keys.fingerprint()
    if how == "gone":
        signing_key.unlink()
    else:
        signing_key.write_bytes(keys._pem(Ed25519PrivateKey.generate()))
    said = line("Key of the trail")
    assert said.state is State.BROKEN
    assert before in said.says


def test_without_an_authority_it_says_how_to_name_one(line):
    said = line("Time stamps")
    assert (said.state, str(said.word)) == (State.OPEN, "not set up")


def test_the_last_stamp_is_said(line, lanzhu, monkeypatch):
    monkeypatch.setattr(settings, "TSA_URL", "https://tsa.example.com/")
    sign_heads()
    head = last(lanzhu.organization.pk)
    assert line("Time stamps").state is State.OPEN
    Stamp.everywhere.bulk_create([Stamp(head=head, at=head.at, authority="x", token="x")])
    said = line("Time stamps")
    assert said.state is State.FINE
    assert f"over {head.size} entries." in said.says


def test_a_head_that_waits_for_its_stamp_for_a_day_is_to_look_at(line, lanzhu, monkeypatch):
    monkeypatch.setattr(settings, "TSA_URL", "https://tsa.example.com/")
    sign_heads()
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        said = line("Time stamps")
    assert said.state is State.LOOK
    assert "still has none" in said.says
