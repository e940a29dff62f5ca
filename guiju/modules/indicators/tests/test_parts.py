"""A process shows what it is measured by, and whether it is on target."""

from decimal import Decimal

from django.test import Client

from guiju.modules.indicators import parts, periods
from guiju.modules.indicators.values import take
from guiju.spine.acts import current


def test_the_page_of_a_process_shows_its_indicators_with_their_last_value(define, lanzhu):
    indicator = define()
    take(indicator, periods.last_ended("month", current().today()), Decimal("2.4"))
    client = Client()
    client.force_login(lanzhu.wei.person)
    page = client.get(f"/lanzhu/processes/{indicator.process.number}/").content.decode()
    assert "Returns in 1,000 lamps: 2.4" in page
    assert "on target" in page


def test_an_indicator_off_target_shows_in_the_health_of_its_process(define):
    indicator = define()
    assert parts.health([indicator.process_id]) == {}
    take(indicator, periods.last_ended("month", current().today()), Decimal(9))
    assert parts.health([indicator.process_id]) == {indicator.process_id: (0, 1, "1 off target")}
