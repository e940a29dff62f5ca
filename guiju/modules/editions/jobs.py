"""What the worker does for editions: asks those who watch."""

from django.utils.translation import gettext_noop as _

from guiju.modules.editions import asking
from guiju.spine.jobs.job import every


@every("day", at="00:40", name=_("asking for newer editions"))
def checks_due() -> None:
    """Ask those whose checks come due, and tell when nobody looked."""
    asking.in_each_organization()
