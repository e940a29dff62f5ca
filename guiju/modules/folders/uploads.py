"""What a browser sends: many files or one zip file; stored at once, read by the worker."""

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from guiju.modules.folders import services
from guiju.modules.folders.jobs import read_run
from guiju.modules.folders.models import FolderRun
from guiju.spine.acts import Refused, current, write
from guiju.spine.attachments import storage
from guiju.spine.jobs.job import enqueue


def take(files: Sequence[UploadedFile], paths: Sequence[str]) -> FolderRun:
    """Store what was sent and ask the worker to read it. `paths` are the files' places in their folder, if known."""
    services.permit()
    places = list(paths) if len(paths) == len(files) else [str(file.name) for file in files]
    uploads = [_stored(file, place) for file, place in zip(files, places, strict=True)]
    name = str(files[0].name) if len(files) == 1 else PurePosixPath(places[0]).parts[0] if "/" in places[0] else _("Files")

    def beginning() -> FolderRun:
        run = services.begin(name, uploads)
        enqueue(read_run, str(run.pk))
        return run

    return write(beginning)


def _stored(file: UploadedFile, place: str) -> dict[str, Any]:
    try:
        stored = storage.store(current().organization_id, file.file)  # type: ignore[arg-type]
    except Refused as refused:
        return {"path": place, "size": file.size, "why": str(refused)}
    return {"path": place, "size": stored.size, "digest": stored.digest}
