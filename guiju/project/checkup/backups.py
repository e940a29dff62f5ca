"""When the last backup was made, as the installation's chain says."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from guiju.project.backups import making
from guiju.project.checkup.line import Line, State, how_long
from guiju.spine.acts import INSTALLATION
from guiju.spine.registers.values import when
from guiju.spine.trail.models import Entry

DAYS = timedelta(days=2)  # one made each day that is older than this was missed
WEEK = timedelta(days=8)  # one that somebody has to ask for


def lines() -> Iterator[Line]:
    yield backup()


def backup() -> Line:
    """How old the last one is; a copy that was made by other means is not known here."""
    name = _("Backup")
    code = ("BACKUP_PATH=/mnt/other-disk/guiju",) if not settings.BACKUP_PATH else ("guiju backup",)
    made = Entry.everywhere.filter(chain=INSTALLATION, kind=making.KIND, record=INSTALLATION, action=making.ACTION)
    last = made.order_by("-sequence").first()
    if last is None:
        says = _("Guiju has made none yet.")
        if settings.BACKUP_PATH:
            return Line(name, State.OPEN, says, _("The worker makes one each day; on the command line it is made at once."), code)
        do = _("To have one made each day, name a folder, best on another disk. Keep the signing key elsewhere.")
        return Line(name, State.OPEN, says, do, code, _("not set up"))
    age = timezone.now() - last.at
    says = _("The last one was made on %(when)s, %(ago)s ago.") % {"when": when(last.at), "ago": how_long(age)}
    if settings.BACKUP_PATH and age > DAYS:
        do = _(
            "One is made each day, but was not lately. See whether the folder can be written and what stands in the worker's log."
        )
        return Line(name, State.LOOK, says, do, (settings.BACKUP_PATH, *code))
    if age > WEEK:
        do = _("Make one now. To have one made each day, name a folder, best on another disk.")
        return Line(name, State.LOOK, says, do, ("guiju backup", *code))
    return Line(name, State.FINE, says)
