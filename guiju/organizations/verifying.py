"""Verifying the trail, and telling those who answer for it when something is found."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_noop as _

from guiju.organizations.members import people_who_may
from guiju.organizations.models import Organization
from guiju.spine.acts import SYSTEM, act, write
from guiju.spine.notices.services import tell
from guiju.spine.trail import verified
from guiju.spine.trail.finding import Finding
from guiju.spine.trail.models import Verification
from guiju.spine.trail.witness import NOTHING, Given

ALL_EVERY = timedelta(days=6, hours=12)  # a week, less what one night may begin earlier than another
ANSWERING = ("trail.verify", "organization.change")  # the rights of those who are told


def verify_and_tell(
    *, chain_only: bool = False, given: Given = NOTHING, found: Callable[[Finding], None] = lambda finding: None
) -> Verification:
    """Verify, keep how it ended, and tell of findings in every organization, since the database is one.

    The same number as last time is not told again; the page of health goes on saying it.
    """
    before = verified.last(chain_only=chain_only)
    kept = verified.run(chain_only=chain_only, given=given, found=found)
    if kept.findings and (before is None or before.findings != kept.findings):
        for organization in Organization.objects.order_by("slug"):
            _tell(organization, kept.findings)
    return kept


def is_time_for_all() -> bool:
    """Whether the last full verification is a week old, or there was none."""
    before = verified.last(chain_only=False)
    return before is None or timezone.now() - before.ended_at >= ALL_EVERY


def _tell(organization: Organization, count: int) -> None:
    with act(organization, SYSTEM, "verification of the trail"):
        tell_those_who_answer(count)


def tell_those_who_answer(count: int) -> None:
    """Tell those of the acting organization who answer for the trail how much was found."""
    key = _(
        "The verification of the audit trail found what is not as the trail says (findings: %(count)s)."
        " Administrators see under Health what to do."
    )
    people = {person.pk for right in ANSWERING for person in people_who_may(right)}
    write(lambda: tell(people, key, {"count": count}, urgent=True))
