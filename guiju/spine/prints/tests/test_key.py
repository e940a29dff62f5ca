"""The installation's key for prints."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from guiju.lib.pdf.tests.cover import AT, cover
from guiju.lib.pdf.typesetting import typeset
from guiju.spine.acts import Refused
from guiju.spine.prints import key


def test_the_key_is_made_once_however_many_ask_at_once(tmp_path, settings):
    settings.DATA = tmp_path
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _number: key.places()[0].read_bytes(), range(16)))
    assert len(found) == 1


def test_only_its_owner_reads_the_key(tmp_path, settings):
    settings.DATA = tmp_path
    made, certificate = key.places()
    assert made.stat().st_mode & 0o777 == 0o600 and certificate.exists()


def test_a_key_of_ones_own_is_named_in_the_settings(tmp_path, settings):
    settings.DATA = tmp_path
    settings.SEAL_KEY, settings.SEAL_CERTIFICATE = str(tmp_path / "own.key"), str(tmp_path / "own.pem")
    assert key.places() == (tmp_path / "own.key", tmp_path / "own.pem")
    assert list(tmp_path.iterdir()) == []


def test_a_key_that_does_not_serve_is_a_refusal_in_words(tmp_path, settings):
    settings.SEAL_KEY, settings.SEAL_CERTIFICATE = str(tmp_path / "gone.key"), str(tmp_path / "gone.pem")
    with pytest.raises(Refused, match="does not serve"):
        key.signed(typeset("sheet", cover(), at=AT), "")
