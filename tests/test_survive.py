"""Killed while it writes, the product loses nothing it has acknowledged; `make survive` does it many times on both databases."""

from pathlib import Path

import pytest

from survive.__main__ import one_round
from survive.house import house


@pytest.mark.server
def test_what_was_acknowledged_before_a_kill_stands_and_stands_once(tmp_path: Path) -> None:
    with house(None, tmp_path) as (inhabited, access):
        done = one_round(inhabited, access, "sqlite", seed=5)  # ends `guiju up` itself after 1.2 s
        inhabited.verify()
    assert done.acknowledged
