"""What the worker does for a folder: reads what was sent, and makes the documents."""

import logging
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_noop as _

from guiju.lib.archives import Found, ignored_by_name
from guiju.modules.folders import services
from guiju.modules.folders.models import FolderRun, RunState
from guiju.modules.folders.survey import Item, survey
from guiju.spine.acts import Refused, write
from guiju.spine.attachments.storage import place
from guiju.spine.jobs.job import job
from guiju.spine.notices.services import tell

log = logging.getLogger(__name__)


@job(queue="files", name=_("reading of a folder"))
def read_run(run: str) -> None:
    """Read what was sent and propose; the person decides then."""
    row = FolderRun.objects.get(pk=UUID(run))
    if row.state != RunState.READING:
        return
    with _failing(row):
        with tempfile.TemporaryDirectory(prefix="guiju-") as scratch:
            try:
                items = survey(_sent(row), _places(row, Path(scratch)))
            except Refused as refused:
                services.keep(row.name, [_unread(upload, str(refused)) for upload in row.uploads], row)
                raise
            for upload in row.uploads:
                if "why" in upload:
                    items.append(_unread(upload, upload["why"]))
            services.known(items)
            services.keep(row.name, items, row)
        _tell(row, _("The folder %(name)s has been read; say what is to become of it."))


@job(queue="files", name=_("import of a folder"))
def bring_run(run: str) -> None:
    """Make the documents of a run; begun again, it goes on where it was."""
    row = FolderRun.objects.get(pk=UUID(run))
    with _failing(row):
        for _done, _total in services.bring(row):
            pass
        _tell(row, _("The folder %(name)s has been brought in."))


def _unread(upload: dict[str, Any], why: str) -> Item:
    item = Item(upload["path"], upload["size"])
    item.leave("refused", why=why)
    return item


class _failing:
    """Says on the run what went wrong, so that its page can, and a person can let it go on."""

    def __init__(self, run: FolderRun) -> None:
        self.run = run

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> bool:
        if error is None or not isinstance(error, Exception):
            return False
        if isinstance(error, Refused):  # what was sent is at fault, not the program
            log.info("The folder %s could not be brought in: %s", self.run.pk, error)
        else:
            log.error("The folder %s could not be brought in.", self.run.pk, exc_info=error)
        services.set_state(self.run, RunState.FAILED, str(error) if isinstance(error, Refused) else type(error).__name__)
        return True


def _tell(run: FolderRun, key: str) -> None:
    person = run.person_id
    if person is not None:
        write(lambda: tell([person], key, {"name": run.name}))


def _sent(run: FolderRun) -> Iterator[Found]:
    """The files that were sent; of one zip file what is in it."""
    files = [upload for upload in run.uploads if "digest" in upload]
    if len(files) == 1 and files[0]["path"].lower().endswith(".zip"):
        yield from services.zip_files(place(run.organization_id, files[0]["digest"]), files[0]["path"])
        return
    for upload in files:
        path = PurePosixPath(upload["path"]).as_posix()
        yield Found(path, upload["size"], ignored_by_name(path), place(run.organization_id, upload["digest"]))


def _places(run: FolderRun, scratch: Path) -> Callable[[Found], Path | None]:
    return lambda found: found.path if found.path is not None else services.taken_out(found, scratch)
