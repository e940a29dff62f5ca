"""Having the trail checked: asked for by a person, done by the worker, kept with what it found.

It is the verification of `guiju trail verify` for one organization: its chain, its rows, and what all share, the keys and the
triggers. The installation's own chain is verified by the worker each night.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import copy_context
from datetime import timedelta
from threading import Event, Thread
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection
from django.utils import timezone, translation
from django.utils.translation import gettext_noop as _

from guiju.lib import heads
from guiju.organizations import verifying
from guiju.organizations.members import require
from guiju.organizations.models import Organization
from guiju.organizations.trail.models import TrailCheck
from guiju.spine.acts import Refused, current, write
from guiju.spine.jobs.job import enqueue, job
from guiju.spine.jobs.runs import RunState
from guiju.spine.trail import keys, signing, verify
from guiju.spine.trail.append import note
from guiju.spine.trail.finding import Finding, Part
from guiju.spine.trail.models import Head
from guiju.spine.trail.states import kind_of
from guiju.spine.trail.verified import one_moment

RIGHT = "trail.verify"
KEPT = 200  # findings that are kept of a check; all are counted
SHOW_EVERY = 1.0  # seconds between two words on how far it is
LOST_AFTER = timedelta(days=1)  # a check of which nothing is heard for so long holds up no other

log = logging.getLogger(__name__)


def ask() -> TrailCheck:
    """Have the trail checked; while one check is on its way, that one is answered. NotPermitted without the right."""
    require(RIGHT)

    def asking() -> TrailCheck:
        acting = current()
        Organization.locked(acting.organization_id)  # of two who ask at once the second gets the first one's check
        going = TrailCheck.objects.filter(state__in=(RunState.WAITING, RunState.RUNNING), made_at__gt=acting.now() - LOST_AFTER)
        if (found := going.order_by("-id").first()) is not None:
            return found
        made = TrailCheck(
            organization_id=acting.organization_id, person_id=acting.person_id, state=RunState.WAITING, made_at=acting.now()
        )
        made.save()
        note(kind_of(Organization), acting.organization_id, "check_trail")
        enqueue(check_trail, str(made.pk), by_itself=True)
        return made

    return write(asking)


def last() -> TrailCheck | None:
    """The newest check that has come to its end."""
    return TrailCheck.objects.filter(state=RunState.FINISHED).order_by("-id").first()


@job(name=_("check of the audit trail"))
def check_trail(check: str) -> None:
    """Verify, and keep what was found; begun again after a stop, it begins anew."""
    found = TrailCheck.objects.filter(pk=UUID(check), state__in=(RunState.WAITING, RunState.RUNNING)).first()
    if found is None:
        return
    found.state, found.began_at = RunState.RUNNING, timezone.now()
    write(found.save)
    try:
        _sign()
        with one_moment():
            _verify(found)
        found.state = RunState.FINISHED
    except Exception as error:
        log.exception("The check %s of the trail was stopped.", found.pk)
        found.failed(_("The check was stopped by an error: %(why)s"), {"why": type(error).__name__})
    found.ended_at, found.doing = timezone.now(), ""
    write(lambda: _keep(found))


def _sign() -> None:
    """Sign what has been written since, so that what is checked is signed up to its end; what stands against it is found."""
    try:
        signing.sign_heads()
    except (signing.NotSigned, Refused, OSError) as fault:
        log.warning("The heads were not signed before the check: %s", fault)


def _verify(check: TrailCheck) -> None:
    chain = current().organization_id
    head, signed = Head.everywhere.filter(pk=chain).first(), signing.last(chain)
    check.entries, check.digest = (head.length, head.digest) if head else (0, "")
    if signed is not None:
        check.head_entries, check.head_at = signed.size, signed.at
        check.head_digest = _digest(signed.text)
    check.fingerprint = keys.fingerprint()
    check.findings, check.found = 0, []
    with translation.override("en"):  # what is kept is a message key, read in the reader's language (law L15)
        parts = [Part(str(part.name), part.find) for part in verify.parts(of=chain)]
    check.parts = len(parts)
    with _shown(check):
        for check.part, part in enumerate(parts, 1):
            check.doing = str(part.name)[:100]
            for finding in part.find():
                check.findings += 1
                if len(check.found) < KEPT:
                    check.found.append(_kept(finding))


def _digest(text: str) -> str:
    """What the last signed head says of the chain; nothing where it cannot be read, which is found as well."""
    try:
        return str(heads.opened(text, heads.HEAD).statement["digest"])
    except ValueError:
        return ""


def _kept(finding: Finding) -> dict[str, Any]:
    """A finding without the values of records."""
    return {
        "where": finding.where,
        "name": "" if finding.where == "file" else finding.name,  # a file's name is content, which an erasure must reach
        "part": finding.part,
        "says": finding.plain or finding.key,
        "params": {} if finding.plain else {name: str(value) for name, value in finding.params.items()},
        "row": [finding.row[0], str(finding.row[1])] if finding.row else None,
        "entry": finding.entry,
    }


def _keep(check: TrailCheck) -> None:
    check.save()
    if check.state != RunState.FINISHED:
        return
    says: dict[str, str | None] = {"entries": str(check.entries), "findings": str(check.findings)}
    note(kind_of(Organization), check.organization_id, "trail_checked", says=says)
    if check.findings:
        verifying.tell_those_who_answer(check.findings)


@contextmanager
def _shown(check: TrailCheck) -> Iterator[None]:
    """Say on the row how far it is, over a connection of its own: the one that reads one moment must not write."""
    if connection.in_atomic_block:
        yield
        return
    ended = Event()

    def showing() -> None:
        while not ended.wait(SHOW_EVERY):
            said = {"part": check.part, "parts": check.parts, "doing": check.doing, "findings": check.findings}
            try:
                TrailCheck.objects.filter(pk=check.pk).update(**said)
            except DatabaseError:
                log.warning("How far the check of the trail is could not be written.", exc_info=True)
        connection.close()

    thread = Thread(target=copy_context().run, args=(showing,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
