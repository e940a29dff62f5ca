"""What the data say of an action is collected by itself, and only from after the day it was done."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from guiju.modules.actions import effects, looks
from guiju.modules.actions.models import Action
from guiju.modules.indicators import periods
from guiju.modules.indicators.values import take
from guiju.spine.acts import Refused, act, current
from guiju.spine.registers.lines import writing
from guiju.spine.registers.tests.programs import Program


@pytest.fixture
def done(plan, step, lanzhu):
    """An action that was done some weeks ago and verified."""

    def doing(weeks: int, **more) -> Action:
        action = step(lanzhu.min, step(lanzhu.wei, plan(**more), "complete"), "verify")
        with act(lanzhu.organization, lanzhu.wei):
            action = Action.objects.get(pk=action.pk)
            action.done_on = current().today() - timedelta(weeks=weeks)
            action.save()
        return action

    return doing


def measured(indicator, values: list[float]) -> None:
    """Values of the last weeks, the last of them of the last week that is over."""
    last = periods.last_ended("week", current().today())
    for place, value in enumerate(reversed(values)):
        take(indicator, last - timedelta(weeks=place), Decimal(str(value)))


BEFORE = [6.0, 7.0, 5.5, 8.0, 6.5, 6.0]


@pytest.mark.parametrize(
    ("after", "verdict"),
    [
        ([1.0, 0.5, 0.8, 0.6, 0.4, 0.9], "effective"),
        ([3.0, 2.0, 0.9, 1.4, 0.8, 0.9], "not_yet"),
        ([5.0, 6.0, 4.8, 0.9, 5.2, 6.3], "not_effective"),
        ([0.5, 0.8, 0.6], "too_few"),
    ],
)
def test_the_values_after_the_action_are_weighed_against_its_limit(done, returns, after, verdict):
    action = done(len(after) + 1)
    measured(returns, [*BEFORE, *after])
    found = effects.proposal(action)
    assert (found.verdict, found.count) == (verdict, len(after))


def test_the_actions_own_limit_counts_before_the_target(done, returns):
    action = done(7, effectiveness_limit=Decimal(4))
    measured(returns, [3.0, 3.5, 3.0, 2.0, 3.0, 3.9])
    assert effects.proposal(action).verdict == "effective"


def test_before_it_is_done_nothing_is_proposed(plan):
    assert effects.proposal(plan()) is None


def test_the_page_and_the_program_say_the_proposal_with_its_reasons(done, returns, lanzhu):
    action = done(7)
    measured(returns, [*BEFORE, 1.0, 0.5, 0.8, 0.6, 0.4, 0.9])
    client = Client()
    client.force_login(lanzhu.min.person)
    page = client.get(f"/lanzhu/actions/{action.number}/").content.decode()
    assert "The data propose: effective" in page
    assert "gj-draw-mark" in page
    said = Program(lanzhu.min).get(f"actions/{action.number}/").json()["proposal"]
    assert (said["verdict"], said["values"], said["needed"]) == ("effective", 6, 6)
    assert "Of the last 6 6 meet the criterion." in said["reasons"]


def test_repeats_are_counted_for_the_days_that_were_asked_for(done):
    action = done(2, effectiveness_basis_kind="recurrences", effectiveness_indicator=None, effectiveness_count=10)
    assert effects.proposal(action).verdict == "effective"
    action = done(1, effectiveness_basis_kind="recurrences", effectiveness_indicator=None, effectiveness_count=90)
    assert effects.proposal(action).verdict == "too_few"


def test_looks_on_the_spot_are_anothers_and_lie_after_the_day_it_was_done(done, lanzhu):
    action = done(3, effectiveness_basis_kind="inspection", effectiveness_indicator=None, effectiveness_count=2)
    today = current().today()
    with pytest.raises(Refused, match="another person looks"):
        writing.add(looks.looks, action, {"on": today, "conforms": True, "note": "Seen"})
    with act(lanzhu.organization, lanzhu.min):
        with pytest.raises(Refused) as refused:
            writing.add(looks.looks, action, {"on": action.done_on, "conforms": True, "note": "Seen"})
        assert "on" in refused.value.errors
        for days in (7, 1):
            writing.add(looks.looks, action, {"on": today - timedelta(days=days), "conforms": True, "note": "Seen"})
        assert effects.proposal(action).verdict == "effective"
