"""What the worker does with files: takes those from the disk that were disposed of, if the program was stopped before it had."""

from collections.abc import Iterable

from django.utils.translation import gettext_noop as _

from guiju.spine.acts import after_commit
from guiju.spine.attachments.services import remove
from guiju.spine.jobs.job import enqueue, job


@job(queue="files", name=_("removal of files that were disposed of"))
def remove_files(*digests: str) -> None:
    """Remove files that nothing holds any more."""
    remove(digests)


def remove_after_commit(digests: Iterable[str]) -> None:
    """Remove files as soon as what says so is kept, and have the worker look again (law L13). Called inside a `write`."""
    digests = sorted(set(digests))
    if digests:
        enqueue(remove_files, *digests)
        after_commit(lambda: remove(digests))
