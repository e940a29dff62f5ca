"""What the worker does for paper copies: notices that a day has come, or that somebody has left."""

from django.utils.translation import gettext_noop as _

from guiju.modules.copies.recalling import recall
from guiju.spine.jobs.job import every


@every("hour", name=_("calling back of paper copies"))
def call_back() -> None:
    """Ask for the copies that are to be called back; where somebody was asked already, nobody is asked again."""
    recall.in_each_organization()
