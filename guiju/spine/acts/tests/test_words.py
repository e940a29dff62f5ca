"""Messages are kept with days as ISO 8601 says and read as people write them, in their language."""

import pytest
from django.utils.translation import override

from guiju.spine.acts import Missing, Refused
from guiju.spine.acts.words import readable

KEPT = "%(number)s is kept until %(day)s."


@pytest.mark.parametrize("made", [Missing, Refused])
def test_a_refusal_says_its_day_as_the_reader_writes_days(made):
    refusal = made(KEPT, {"number": "QP-01", "day": "2031-02-03"})
    assert str(refusal) == "QP-01 is kept until 3 Feb 2031."
    with override("zh-hans"):
        assert "2031年2月3日" in str(refusal)


def test_what_is_no_day_stays_as_it_is():
    kept = {"title": "2031-02-03", "day": "", "due_on": "2031-02-31", "from_on": None, "n": 3, "today": "2031-02-03"}
    assert readable(kept) == kept
