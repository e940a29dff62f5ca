"""How long is long enough: by the kind, from the day out of force, rather a day longer than too short."""

from datetime import date, timedelta

import pytest

from guiju.modules.documents.models import Document
from guiju.modules.keeping import retention
from guiju.modules.kinds.services import set_rule
from guiju.spine.acts import act


@pytest.mark.parametrize(
    ("day", "years", "until"),
    [
        (date(2020, 3, 2), 5, date(2025, 3, 2)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2024, 2, 29), 1, date(2025, 3, 1)),
    ],
)
def test_the_same_day_so_many_years_later(day, years, until):
    assert retention.after_years(day, years) == until


def test_both_ways_of_counting_agree_on_every_day():
    start = date(2024, 2, 20)
    for offset in range(400):
        today = start + timedelta(days=365 + offset)
        for day in (start + timedelta(days=n) for n in range(15)):
            assert (retention.after_years(day, 1) <= today) == (day <= retention.years_before(today, 1))


def test_it_has_passed_from_the_very_day_on(due, team):
    with act(team.organization, team.wei):
        for today, passed in ((date(2025, 3, 1), False), (date(2025, 3, 2), True)):
            assert Document.objects.filter(retention.has_passed(today)).exists() is passed


def test_without_years_a_kind_is_kept_for_good(due, team):
    with act(team.organization, team.wei):
        set_rule("procedure", {"retain_years": 0}, reason="as the law asks")
        assert not Document.objects.filter(retention.has_passed(date(2999, 1, 1))).exists()
        assert retention.kept_until("procedure", date(2020, 1, 1)) is None
