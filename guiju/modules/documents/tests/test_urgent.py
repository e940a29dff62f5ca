"""What of an approval is urgent: a step that is due, and what came back."""

from datetime import timedelta

import pytest

from guiju.spine.acts import act
from guiju.spine.notices.models import Notice


def urgent(lanzhu) -> dict[str, bool]:
    """By user name whether what a person was told last is urgent."""
    with act(lanzhu.organization):
        return dict(Notice.objects.order_by("id").values_list("person__username", "urgent"))


@pytest.mark.parametrize(("days", "is_urgent"), [(-1, True), (0, True), (1, False), (None, False)])
def test_being_asked_to_review_is_urgent_when_it_is_due(team, take, draft, days, is_urgent):
    with act(team.organization, team.wei) as acting:
        due_on = acting.today() + timedelta(days=days) if days is not None else None
    take(draft, "submit", team.wei, reviewers=[team.hua.person], approvers=[team.jun.person], due_on=due_on)
    assert urgent(team) == {"hua": is_urgent}


def test_what_came_back_is_urgent(team, take, draft):
    take(draft, "submit", team.wei, reviewers=[team.hua.person], approvers=[team.jun.person])
    take(draft, "return", team.hua, reason="The temperature is missing.")
    assert urgent(team) == {"hua": False, "wei": True}
