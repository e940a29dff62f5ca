"""A record on paper: made while the person waits or by the worker, handed out, and entered on the trail."""

import io
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.apps import apps
from django.conf import settings
from django.db import models
from django.http import FileResponse, Http404
from django.utils import translation
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_noop as _

from guiju.spine.acts import NotFound, Refused, current, write
from guiju.spine.acts.hooks import print_parts
from guiju.spine.attachments.services import clean_name
from guiju.spine.jobs.job import enqueue, job
from guiju.spine.jobs.runs import RunState, leaving
from guiju.spine.prints import key, making
from guiju.spine.prints.models import PrintRun
from guiju.spine.prints.sheets import LANGUAGES, Sheet
from guiju.spine.registers.declaration import Register, by_kind
from guiju.spine.registers.files import SANDBOX
from guiju.spine.registers.forms import Bounded
from guiju.spine.registers.writing import permit
from guiju.spine.trail import keys
from guiju.spine.trail.append import note
from guiju.spine.trail.states import kind_of

KEPT_FOR = timedelta(days=7)
LONGEST_REASON = 200
_PART = re.compile(r"(?:([a-z]{1,10})-)?([0-9]{1,9})")


class WhatForForm(Bounded):
    """What a print is for; it is the reason of its entry on the trail."""

    reason = forms.CharField(label=gettext_lazy("What it is for"), required=False, max_length=LONGEST_REASON)


@dataclass(frozen=True)
class Asked:
    """What is to be printed, and how."""

    register: Register
    record: Any
    part: int
    language: str
    sealed: bool
    of: str = ""  # the kind of print that a module above brings (acts.hooks.print_parts); empty: a part of the record's own
    reason: str = ""  # what it is for, as WhatForForm lets it through

    @property
    def name(self) -> str:
        return name_of(self.record, self.part, self.of)

    def sheet(self) -> Sheet:
        """What the record says now. NotFound when it has no such part."""
        assert self.register.prints is not None
        with translation.override(self.language):
            sheet = _further(self.record, self.of, self.part) if self.of else self.register.prints.sheet(self.record, self.part)
        if sheet is None:
            raise NotFound(_("There is no such part to print."))
        return sheet


def _further(record: Any, of: str, part: int) -> Sheet | None:
    return next((sheet for made in print_parts if (sheet := made(record, of, part)) is not None), None)


def address_of(part: int, of: str = "") -> str:
    """How a part stands in an address: "3", or "copy-3" for one that a module above brings."""
    return f"{of}-{part}" if of else f"{part}"


def part_of(text: str) -> tuple[int, str]:
    """What such a word of an address names. 404 for what names nothing."""
    found = _PART.fullmatch(text)
    if found is None:
        raise Http404
    return int(found[2]), found[1] or ""


def name_of(record: models.Model, part: int, of: str = "") -> str:
    return clean_name(f"{getattr(record, 'number', '') or record.pk}-{address_of(part, of)}.pdf".replace("/", "-"))


def parts(register: Register, record: Any) -> list[tuple[int, str]]:
    """What can be printed of a record, as it is now. Refused when the act looks back: only what is can be printed."""
    if register.prints is None:
        raise Http404
    if current().as_of is not None:
        raise Refused(_("A print shows what is. Go back to now; every revision can be printed there."))
    found = list(register.prints.parts(record))
    if not found:
        raise Http404
    return found


def asked(register: Register, record: Any, part: int, language: str, sealed: str, of: str = "", *, reason: str = "") -> Asked:
    """What an address asks for. Without a language the record's own, else the reader's; Refused for one we do not print in."""
    language = language or getattr(record, "language", "") or ""
    if language == "zh":
        language = "zh-hans"
    if language not in LANGUAGES:
        known = translation.get_language() or settings.LANGUAGE_CODE
        language = known if known in LANGUAGES else LANGUAGES[0]
    return Asked(register, record, part, language, sealed in ("1", "true", "on", "yes"), of, reason)


def is_slow(ask: Asked) -> bool:
    return making.is_slow(ask.sheet())


def print_now(ask: Asked) -> bytes:
    """The PDF; that it was printed is on the trail when this returns, and not when anything failed."""
    sheet = ask.sheet()
    pdf = _made(ask, sheet)
    write(lambda: _enter(ask, sheet))
    return pdf


def _made(ask: Asked, sheet: Sheet) -> bytes:
    pdf = making.made(sheet, fingerprint=keys.fingerprint())
    if not ask.sealed:
        return pdf
    with translation.override(ask.language):
        who = str(getattr(current().actor, "person", "") or "Guiju")
        reason = gettext("Printed by %(who)s") % {"who": who}
    return key.signed(pdf, reason)


def _enter(ask: Asked, sheet: Sheet) -> None:
    says = {**sheet.says, **({"sealed": "yes"} if ask.sealed else {})}
    sheet.entering()
    note(kind_of(type(ask.record)), ask.record.pk, sheet.entered, reason=ask.reason, says=says)


def sent(pdf: bytes, name: str) -> FileResponse:
    """A PDF that leaves as an attachment (law L19): pages of files from outside may be in it."""
    answer = FileResponse(io.BytesIO(pdf), as_attachment=True, filename=name, content_type="application/pdf")
    answer.headers["Content-Security-Policy"] = SANDBOX
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


# --- What takes long ------------------------------------------------------------------------------------------------


def start(ask: Asked) -> PrintRun:
    """Let the worker make it; prints of the organization that are old are taken away."""
    acting = current()
    run = PrintRun(
        organization_id=acting.organization_id,
        person_id=acting.person_id,
        record_kind=kind_of(type(ask.record)),
        record=ask.record.pk,
        of=ask.of,
        part=ask.part,
        language=ask.language,
        sealed=ask.sealed,
        reason=ask.reason,
        state=RunState.WAITING,
        made_at=acting.now(),
    )

    def starting() -> None:
        run.save()
        enqueue(print_later, str(run.pk))

    write(starting)
    for old in PrintRun.objects.filter(made_at__lt=acting.now() - KEPT_FOR):
        old.path.unlink(missing_ok=True)
    return run


def own_run(record: models.Model, pk: UUID) -> PrintRun:
    """A run of the acting person for this record. 404 for others'."""
    kind = kind_of(type(record))
    found = PrintRun.objects.filter(pk=pk, record_kind=kind, record=record.pk, person=current().actor.id).first()
    if found is None:
        raise Http404
    return found


@job(queue="files", name=_("making of a print"))
def print_later(run: str) -> None:
    """Make a run's file, whole or not at all; run twice it is made twice and entered once."""
    found = PrintRun.objects.filter(pk=UUID(run), state__in=(RunState.WAITING, RunState.RUNNING)).first()
    register = by_kind(found.record_kind) if found else None
    if found is None or register is None:
        return
    found.state = RunState.RUNNING
    write(found.save)
    with leaving(found, found.path) as half:
        ask, sheet = _again(found, register)
        half.write_bytes(_made(ask, sheet))

    def finishing() -> None:
        found.save()
        if found.state == RunState.FINISHED:
            _enter(ask, sheet)

    write(finishing)


def sheet_of(register: Register, record: Any, run: PrintRun) -> Sheet:
    """What a run prints of a record, as the record is now."""
    return Asked(register, record, run.part, run.language, run.sealed, run.of, run.reason).sheet()


def _again(run: PrintRun, register: Register) -> tuple[Asked, Sheet]:
    """What a run asks for, read anew with the rights of this moment."""
    permit(register, "view")
    model = apps.get_model(run.record_kind)
    record = register.rows(current().actor).filter(pk=run.record).first()
    if record is None:
        raise NotFound(_("There is no %(kind)s here any more."), {"kind": str(model._meta.verbose_name)})
    ask = Asked(register, record, run.part, run.language, run.sealed, run.of, run.reason)
    return ask, ask.sheet()
