"""What the worker does by itself: a backup each day, where a place for it is set."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from guiju.project.backups import folder, making
from guiju.spine.acts import Refused
from guiju.spine.jobs.job import every

LATELY = timedelta(hours=20)  # a second worker that took an unfinished one for given up makes none beside it


# After the verification of the night in eastern Asia; what it made is there before work begins.
@every("day", at="20:00", name=_("daily backup"))
def back_up() -> None:
    """Make a backup where BACKUP_PATH says. Refused, so that it is told and tried again, when files were missing."""
    if not settings.BACKUP_PATH:
        return
    since = (timezone.now() - LATELY).strftime("%Y-%m-%dT%H:%M:%SZ")
    if any(one.why == making.DAILY and one.at > since for _path, one in folder.backups(making.place())):
        return
    made = making.make(making.place(), why=making.DAILY)
    making.say_so(made)
    if made.manifest.faults:
        names = ", ".join(list(made.manifest.faults)[:3])
        raise Refused(_("The backup is made, but files are missing or altered in the installation: %(names)s"), {"names": names})
