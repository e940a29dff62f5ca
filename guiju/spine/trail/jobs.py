"""What the worker does to prove the trail: each hour in which something was written, its heads are signed and stamped."""

from django.conf import settings
from django.utils.translation import gettext_noop as _

from guiju.spine.jobs.job import every
from guiju.spine.trail import signing, stamps


@every("hour", name=_("signing of the trail's heads"))
def sign_heads() -> None:
    """Sign the chains that have grown within the hour; nothing is read of those that have not."""
    signing.sign_heads()


@every("hour", name=_("stamps of the trail's signed heads"))
def stamp_heads() -> None:
    """Ask the authority, when there is one. Work of its own: an authority that fails delays no signing, and is asked again."""
    if settings.TSA_URL:
        stamps.stamp_heads()
