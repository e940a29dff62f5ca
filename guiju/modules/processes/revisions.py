"""What happens to the revisions of a process: sealed for review, put into force, given up."""

from collections.abc import Sequence
from datetime import date

from guiju.modules.processes import content
from guiju.modules.processes.models import Process, ProcessRevision
from guiju.spine.acts import current


def words(process: Process) -> dict[str, str]:
    """The parameters of a message about a process."""
    return {"number": process.number or "", "title": process.title}


def of(process: Process) -> list[ProcessRevision]:
    """Every revision, also those given up, the newest first."""
    rows = ProcessRevision.objects.filter(process=process.pk).select_related("drafted_by")
    return list(rows.order_by("-position", "-id"))


def open_one(process: Process) -> ProcessRevision | None:
    """The revision that the process's fields and lines are, once it was sent to review."""
    return ProcessRevision.objects.filter(process=process.pk, position=process.revision, given_up_on=None).first()


def newest(process: Process) -> ProcessRevision:
    """The same, where a step needs it: what is signed."""
    return ProcessRevision.objects.get(process=process.pk, position=process.revision, given_up_on=None)


def seal(process: Process) -> ProcessRevision:
    """Begin a round: what the process says now is laid into its revision, before anyone signs it."""
    acting = current()
    revision = open_one(process) or ProcessRevision(process=process, position=process.revision)
    revision.number, revision.title = process.number or "", process.title
    revision.content, revision.reason = content.kept(process), process.reason
    revision.drafted_by_id = process.drafted_by_id or process.created_by_id or acting.person_id
    revision.submitted_by_id, revision.submitted_at = acting.person_id, acting.now()
    revision.save()
    return revision


def put_into_force(process: Process, on: date) -> ProcessRevision:
    revision = newest(process)
    revision.approved_at, revision.effective_on = current().now(), on
    revision.save(action="approve")
    process.effective_on = on
    return revision


def approved_before(process: Process) -> ProcessRevision | None:
    """The last approved revision before the one that is being worked on."""
    rows = ProcessRevision.objects.filter(process=process.pk, position__lt=process.revision, given_up_on=None)
    return rows.exclude(approved_at=None).order_by("-position").first()


def give_up(process: Process) -> ProcessRevision | None:
    """Give the draft up: the process says again what was approved before, which is answered; None where nothing was."""
    if (draft := open_one(process)) is not None:
        draft.given_up_on = current().today()
        draft.save(action="give_up")
    standing = approved_before(process)
    if standing is not None:
        content.restore(process, standing)
        process.reason, process.revision, process.effective_on = standing.reason, standing.position, standing.effective_on
    return standing


def in_force_position(process: Process, rows: Sequence[ProcessRevision], today: date) -> int | None:
    """The revision in force on a date among those of a process; None where none is."""
    if process.state == "withdrawn":
        return None
    standing = [r.position for r in rows if r.given_up_on is None and r.effective_on is not None and r.effective_on <= today]
    return max(standing, default=None)
