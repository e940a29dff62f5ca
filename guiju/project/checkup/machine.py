"""Room on the disks, and the address under which people come."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from guiju.lib.dates import show_number
from guiju.project.checkup.line import Line, State

GB = 1 << 30
LITTLE = 2 * GB
NONE = GB // 10  # less than the largest file that is taken
SHARE = 10  # percent
HERE = {"localhost", "127.0.0.1", "[::1]"}


def lines(host: str) -> Iterator[Line]:
    yield from rooms()
    yield address(host)


def rooms() -> Iterator[Line]:
    """Free room for files and, with SQLite, for the database; one line where both are on one disk."""
    files = _existing(Path(settings.FILES))
    if connection.vendor != "sqlite":
        yield room(_("Free room for files"), files)
        return
    database = _existing(Path(str(connection.settings_dict["NAME"])))
    if os.stat(files).st_dev == os.stat(database).st_dev:
        yield room(_("Free room"), files)
        return
    yield room(_("Free room for files"), files)
    yield room(_("Free room for the database"), database)


def room(name: str, folder: Path) -> Line:
    """How much is free on a folder's disk."""
    disk = shutil.disk_usage(folder)
    percent = 100 * disk.free // (disk.total or 1)
    says = _("%(free)s GB of %(total)s GB are free (%(percent)s %%).")
    says %= {"free": _gigabytes(disk.free), "total": _gigabytes(disk.total), "percent": percent}
    if disk.free < NONE:
        return Line(name, State.BROKEN, says, _("Make room at once: nothing more can be kept."))
    if disk.free < LITTLE or percent < SHARE:
        return Line(name, State.LOOK, says, _("Make room, or move the data to a larger disk, before nothing more can be kept."))
    return Line(name, State.FINE, says)


def address(host: str) -> Line:
    """Whether the address that letters and printed codes name is the one by which people come, and a secure one.

    Whoever comes by the machine's own name for itself says nothing of how others come.
    """
    name = _("Address")
    known = urlsplit(settings.BASE_URL)
    words = {"address": settings.BASE_URL, "host": host}
    code = (f"BASE_URL=https://{host}",)
    if _host(host) not in HERE and host != known.netloc:
        says = _("You came by %(host)s, but letters and printed codes lead to %(address)s.") % words
        return Line(name, State.LOOK, says, _("Set the address by which people reach it, and start again."), code)
    if known.scheme != "https" and _host(known.netloc) not in HERE:
        says = _("%(address)s is not https: passwords and sessions can be read on the way.") % words
        do = _("Put a proxy with a certificate before it, set the address with https, and start again.")
        return Line(name, State.LOOK, says, do, code)
    return Line(name, State.FINE, _("%(address)s, where letters and printed codes lead.") % words)


def _host(netloc: str) -> str:
    return netloc if netloc.endswith("]") else netloc.rpartition(":")[0] or netloc


def _existing(path: Path) -> Path:
    """The folder, or the nearest one above it that is there: the files' is made with the first file."""
    return next(one for one in (path, *path.parents) if one.exists())


def _gigabytes(size: int) -> str:
    return show_number(size / GB, 1)
