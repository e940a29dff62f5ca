"""The key is made once, kept in a file, and followed by another only where both sign."""

import os
import stat
import subprocess

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings

from guiju.lib import heads
from guiju.spine.acts import INSTALLATION
from guiju.spine.trail import keys
from guiju.spine.trail.keys import NoKey, ready, rotate
from guiju.spine.trail.models import Entry, PublicKey
from guiju.spine.trail.past import moments
from guiju.spine.trail.signing import last, sign_heads
from guiju.spine.trail.tests.test_signing import entries
from guiju.spine.trail.verify import verify


def test_the_key_is_made_once_and_read_by_its_owner_alone(db, signing_key):
    first = heads.public_of(ready())
    assert heads.public_of(ready()) == first == keys.own()
    assert stat.S_IMODE(signing_key.stat().st_mode) == 0o600
    assert PublicKey.everywhere.get().public == first


def test_a_key_made_elsewhere_is_taken(db, signing_key):
    signing_key.parent.mkdir(parents=True)
    subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", str(signing_key)], check=True)
    content = signing_key.read_bytes()
    ready()
    assert signing_key.read_bytes() == content
    assert PublicKey.everywhere.get().public == keys.own()


def test_the_first_key_is_an_entry_of_the_installation(db):
    ready()
    (moment,) = moments(Entry.everywhere.filter(chain=INSTALLATION, kind="trail.publickey"))
    assert (moment.action, moment.says) == ("add", {"key": keys.own(), "previous": None})


def test_without_a_key_there_is_no_fingerprint_and_none_is_made(db, signing_key):
    assert keys.fingerprint() == ""
    assert not signing_key.parent.exists()


def test_the_fingerprint_is_in_groups(db):
    ready()
    assert keys.fingerprint() == heads.grouped(heads.fingerprint(keys.own()))
    assert len(keys.fingerprint().split()) == 16


def test_the_fingerprint_asks_no_database():
    assert keys.fingerprint() == ""


def test_another_key_in_its_place_does_not_sign(lanzhu, signing_key):
    ready()
    signing_key.write_bytes(keys._pem(Ed25519PrivateKey.generate()))
    with pytest.raises(NoKey, match="not the one of this installation"):
        sign_heads()


def test_a_key_that_is_gone_is_not_made_again(lanzhu, signing_key):
    ready()
    signing_key.unlink()
    with pytest.raises(NoKey, match="is not here"):
        sign_heads()
    assert not signing_key.exists()


@pytest.mark.parametrize("content", [b"", b"nonsense", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
def test_a_file_that_is_no_key_is_said(db, signing_key, content):
    signing_key.parent.mkdir(parents=True)
    signing_key.write_bytes(content)
    with pytest.raises(NoKey, match="not a private key"):
        ready()
    assert keys.own() == ""


def test_a_key_of_another_kind_is_said(db, signing_key):
    signing_key.parent.mkdir(parents=True)
    other = generate_private_key(SECP256R1())
    signing_key.write_bytes(other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    with pytest.raises(NoKey, match="Ed25519"):
        ready()


def test_a_second_machine_with_a_key_of_its_own_is_refused(lanzhu, monkeypatch, tmp_path):
    ready()
    monkeypatch.setattr(settings, "SIGNING_KEY", tmp_path / "other.pem")
    with pytest.raises(NoKey, match="is not here"):
        ready()


def test_two_machines_that_begin_at_once_do_not_both_announce_a_key(db, monkeypatch, tmp_path):
    ready()
    monkeypatch.setattr(settings, "SIGNING_KEY", tmp_path / "other.pem")
    monkeypatch.setattr(keys, "known", list)  # what the slower one read before the faster one wrote
    with pytest.raises(NoKey, match="Another machine"):
        ready()


def test_a_key_may_be_mounted_where_nothing_can_be_written(lanzhu, monkeypatch, tmp_path):
    mounted = tmp_path / "mounted"
    mounted.mkdir()
    (mounted / "key").write_bytes(keys._pem(Ed25519PrivateKey.generate()))
    monkeypatch.setattr(settings, "SIGNING_KEY", mounted / "key")
    assert sign_heads()
    assert os.listdir(mounted) == ["key"]


# --- rotation -----------------------------------------------------------------------------------------------------------


def test_a_change_of_keys_is_signed_by_both_and_an_entry(lanzhu):
    sign_heads()
    old = keys.own()
    row = rotate()
    change = heads.opened(row.text, heads.KEY)
    assert change.keys == {old, row.public}
    assert (change.statement["key"], change.statement["previous"]) == (keys.own(), old) == (row.public, old)
    assert row.public != old
    newest = moments(Entry.everywhere.filter(chain=INSTALLATION, kind="trail.publickey").order_by("-sequence"))[0]
    assert (newest.action, newest.says) == ("rotate", {"key": row.public, "previous": old})


def test_old_keys_stay_listed_and_their_heads_hold(lanzhu):
    sign_heads()
    rotate()
    rotate()
    entries(lanzhu, 1)
    sign_heads()
    assert [row.place for row in keys.known()] == [1, 2, 3]
    assert keys.vouched() == {row.public for row in keys.known()}
    assert heads.opened(last(lanzhu.organization.pk).text, heads.HEAD).keys == {keys.own()}
    assert list(verify()) == []


def test_the_old_private_key_is_gone(lanzhu, signing_key):
    ready()
    before = signing_key.read_bytes()
    rotate()
    assert all(path.read_bytes() != before for path in signing_key.parent.iterdir())
    assert stat.S_IMODE(signing_key.stat().st_mode) == 0o600
    assert not list(signing_key.parent.glob("*.next"))


def test_a_change_that_broke_off_before_the_file_was_replaced_is_finished(lanzhu, signing_key, monkeypatch):
    ready()

    def dies(path: object, target: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(keys, "move_over", dies)
        with pytest.raises(KeyboardInterrupt):
            rotate()
    assert keys.own() != keys.known()[-1].public
    sign_heads()
    assert keys.own() == keys.known()[-1].public
    assert list(verify()) == []


def test_a_change_that_broke_off_before_it_was_announced_changes_nothing(lanzhu, signing_key, monkeypatch):
    ready()
    before = keys.own()

    def dies(*arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(keys, "_announce", dies)
        with pytest.raises(KeyboardInterrupt):
            rotate()
    sign_heads()
    assert keys.own() == before
    rotate()
    assert len(keys.known()) == 2
    assert list(verify()) == []
