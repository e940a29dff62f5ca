"""The page of health says how old the last backup is, and when that is too old."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from guiju.project.backups import making
from guiju.project.checkup.line import State
from guiju.spine.acts import INSTALLATION, act, write
from guiju.spine.trail.append import note


def made() -> None:
    """Say on the trail that one was made; what is in it does not matter here."""
    with act(None):
        write(lambda: note(making.KIND, INSTALLATION, making.ACTION, chain=INSTALLATION))


@pytest.fixture
def each_day(monkeypatch):
    monkeypatch.setattr(settings, "BACKUP_PATH", "/mnt/elsewhere")


def test_none_is_said_with_how_to_have_one_each_day(line):
    said = line("Backup")
    assert (said.state, said.code) == (State.OPEN, ("BACKUP_PATH=/mnt/other-disk/guiju",))


@pytest.mark.parametrize(("ago", "state"), [(7, State.FINE), (9, State.LOOK)])
def test_one_that_somebody_asks_for_is_old_after_a_week(ago, state, line):
    made()
    with time_machine.travel(timezone.now() + timedelta(days=ago), tick=False):
        assert line("Backup").state is state


@pytest.mark.parametrize(("hours", "state"), [(30, State.FINE), (50, State.LOOK)])
def test_one_that_is_made_each_day_is_old_after_two(hours, state, line, each_day):
    made()
    with time_machine.travel(timezone.now() + timedelta(hours=hours), tick=False):
        said = line("Backup")
    assert (said.state, f"{hours} hours ago" in said.says or "2 days ago" in said.says) == (state, True)
