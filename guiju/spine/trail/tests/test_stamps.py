"""An authority stamps the signed heads; a stamp of anything else is refused (RFC 3161)."""

import base64
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.utils import timezone

from guiju.modules.processes.models import Process
from guiju.spine.acts import INSTALLATION, act
from guiju.spine.jobs.job import scheduled
from guiju.spine.trail import stamps
from guiju.spine.trail.models import SignedHead, Stamp
from guiju.spine.trail.signing import last, sign_heads
from guiju.spine.trail.stamps import NotStamped, fault, stamp_heads, unstamped
from guiju.spine.trail.tests.authority import Authority, serving
from guiju.spine.trail.tests.test_verify import by_sql
from guiju.spine.trail.verify import verify


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def authority(made, monkeypatch) -> Iterator[Authority]:
    made.answers, made.asked, made.replay, made.elsewhere = True, 0, b"", ""
    with serving(made) as address:
        monkeypatch.setattr(settings, "TSA_URL", address)
        monkeypatch.setattr(settings, "TSA_CA", made.root)
        yield made


def token_of(stamp: Stamp) -> bytes:
    return base64.b64decode(stamp.token)


def found() -> list[tuple[str, str]]:
    return [(f.part, f.says) for f in verify() if f.where == "stamp"]


def test_a_signed_head_is_stamped_as_openssl_would_have_it(lanzhu, authority):
    sign_heads()
    before = timezone.now().replace(microsecond=0)
    stamp_heads()
    stamp = stamps.last_of(lanzhu.organization.pk)
    assert authority.holds(token_of(stamp), stamp.head.text.encode())
    assert not authority.holds(token_of(stamp), stamp.head.text.encode() + b"x")
    assert before <= stamp.at <= timezone.now()
    assert stamp.authority == settings.TSA_URL
    assert list(verify()) == []


def test_only_the_last_head_of_each_chain_is_stamped_and_once(lanzhu, authority):
    sign_heads()
    with act(lanzhu.organization, lanzhu.wei):
        Process(title="Purchasing").save()
    sign_heads()
    assert {stamp.head_id for stamp in stamp_heads()} == {last(INSTALLATION).pk, last(lanzhu.organization.pk).pk}
    assert stamp_heads() == []
    assert authority.asked == 2
    assert SignedHead.everywhere.count() == 3


def test_an_authority_that_fails_is_asked_again(lanzhu, authority):
    authority.answers = False
    sign_heads()
    with pytest.raises(NotStamped, match="503"):
        stamp_heads()
    assert authority.asked == 1  # the other chain does not wait for it too
    assert not Stamp.everywhere.exists()
    authority.answers = True
    assert len(stamp_heads()) == 2


def test_an_authority_that_fails_delays_no_signing(lanzhu, authority):
    authority.answers = False
    order = [name for name in scheduled if name.startswith("guiju.spine.trail.")]
    assert order == ["guiju.spine.trail.jobs.sign_heads", "guiju.spine.trail.jobs.stamp_heads"]
    scheduled[order[0]].run()
    assert last(lanzhu.organization.pk)


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/tsa", "file:///etc/hostname", "nonsense"])
def test_an_authority_that_is_not_there_is_said(lanzhu, authority, monkeypatch, address):
    monkeypatch.setattr(settings, "TSA_URL", address)
    sign_heads()
    with pytest.raises(NotStamped):
        stamp_heads()


def test_where_an_authority_sends_one_on_nothing_is_asked(lanzhu, authority):
    authority.elsewhere = f"{settings.TSA_URL}/secret"
    sign_heads()
    with pytest.raises(NotStamped, match="302"):
        stamp_heads()
    assert authority.asked == 1


def test_a_stamp_of_other_data_is_not_taken(lanzhu, authority):
    sign_heads()
    other = stamps.TimestampRequestBuilder().data(b"other").hash_algorithm(stamps.HashAlgorithm.SHA256).build()
    authority.replay = authority.token(other.as_bytes())
    with pytest.raises(NotStamped, match="something else"):
        stamp_heads()
    assert not Stamp.everywhere.exists()


def test_a_stamp_that_answers_another_request_is_not_taken(lanzhu, authority):
    sign_heads()
    data = unstamped()[0].text.encode()
    earlier = stamps.TimestampRequestBuilder().data(data).hash_algorithm(stamps.HashAlgorithm.SHA256).build()
    authority.replay = authority.token(earlier.as_bytes())
    with pytest.raises(NotStamped, match="another request"):
        stamp_heads()


def test_what_is_no_stamp_at_all_is_not_taken(lanzhu, authority):
    sign_heads()
    authority.replay = b"<html>Sign in to the network</html>"
    with pytest.raises(NotStamped, match="cannot be read"):
        stamp_heads()


def test_a_refusal_by_the_authority_is_not_taken(lanzhu, authority):
    sign_heads()
    head = unstamped()[0]
    sha512 = stamps.TimestampRequestBuilder().data(head.text.encode()).build()  # which it does not offer
    authority.replay = authority.token(sha512.as_bytes())
    with pytest.raises(NotStamped, match="no stamp was granted"):
        stamp_heads()


def test_a_stamp_by_somebody_else_is_not_taken(lanzhu, authority, tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "TSA_CA", Authority(tmp_path).root)
    sign_heads()
    with pytest.raises(NotStamped, match="not the authority's"):
        stamp_heads()


def test_without_its_certificate_only_what_was_stamped_is_compared(lanzhu, authority, monkeypatch):
    monkeypatch.setattr(settings, "TSA_CA", "")
    sign_heads()
    stamp = stamp_heads()[0]
    assert fault(token_of(stamp), stamp.head.text.encode()) == ""
    assert fault(token_of(stamp), b"other") == "the stamp is of something else"


def test_a_certificate_that_is_not_there_is_said(lanzhu, authority, monkeypatch):
    sign_heads()
    stamp_heads()
    monkeypatch.setattr(settings, "TSA_CA", "/nowhere/root.pem")
    assert [part for part, _ in found()] == ["token", "token"]


def test_a_stamp_that_was_put_on_another_head_is_named(lanzhu, authority):
    sign_heads()
    stamp_heads()
    by_sql("UPDATE trail_stamp SET head_id = %s", last(INSTALLATION).pk)
    assert found() == [("token", "the stamp is of something else")]


def test_a_stamp_that_was_dated_back_is_named(lanzhu, authority):
    sign_heads()
    stamp_heads()
    by_sql("UPDATE trail_stamp SET at = '2020-01-01 00:00:00+00:00'")
    assert found() == [("at", "is not the instant of the stamp")] * 2


def test_a_token_that_was_altered_is_named(lanzhu, authority):
    sign_heads()
    stamp = stamp_heads()[0]
    token = bytearray(token_of(stamp))
    token[-20] ^= 1  # in the signature
    by_sql("UPDATE trail_stamp SET token = %s WHERE id = %s", base64.b64encode(token).decode(), stamp.pk)
    assert [part for part, _ in found()] == ["token"]
    by_sql("UPDATE trail_stamp SET token = '?' WHERE id = %s", stamp.pk)
    assert ("token", "cannot be read") in found()


def test_neither_name_nor_password_of_the_authoritys_address_is_kept(monkeypatch):
    monkeypatch.setattr(settings, "TSA_URL", "https://acme:secret@tsa.example.com:8443/stamp?key=secret")
    assert stamps._authority() == "https://tsa.example.com:8443/stamp"
