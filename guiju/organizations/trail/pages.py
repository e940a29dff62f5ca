"""The page of the audit trail: the last check on top, then the entries; asking for a check; an earlier check."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.apps import apps
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from guiju.organizations.members import require
from guiju.organizations.models import Person
from guiju.organizations.trail import checks, listing, said
from guiju.organizations.trail.models import TrailCheck
from guiju.spine.acts import current
from guiju.spine.jobs.runs import RunState
from guiju.spine.registers import addresses, values
from guiju.spine.registers.declaration import registers
from guiju.spine.registers.listing import of_many
from guiju.spine.registers.markup import filter_menu, icon
from guiju.spine.registers.places import Place
from guiju.spine.registers.present import present
from guiju.spine.trail.verify import trailed_models

SHOWN = 8  # earlier checks
LABEL = gettext_lazy("Audit trail")
CLAUSE = "7.5.3"


def base() -> str:
    return f"{addresses.home()}trail/"


def places() -> list[Place]:
    if not current().actor.may(checks.RIGHT):
        return []
    also = (gettext_lazy("Trail"), gettext_lazy("Verification of the trail"), gettext_lazy("Log"))
    return [Place(LABEL, base(), icon("shield-check"), CLAUSE, also)]


def in_menu() -> tuple[str, str, Any, str] | None:
    return ("check", CLAUSE, LABEL, base()) if current().actor.may(checks.RIGHT) else None


@never_cache
@present
@require_safe
def overview(request: HttpRequest, organization: str) -> HttpResponse:
    """How the last check ended, and the entries, the newest first."""
    require(checks.RIGHT)
    ask = listing.chosen(request.GET)
    moments, key = listing.page(ask)
    newest = list(TrailCheck.objects.select_related("person").order_by("-id")[: SHOWN + 1])
    going = next((one for one in newest[:1] if one.going or one.state == RunState.FAILED), None)
    ended = next((one for one in newest if one.state == RunState.FINISHED), None) or checks.last()
    context = {
        "run": progress(going) if going else None,
        "going": going is not None and going.going,
        "refresh_url": base(),
        "last": ended and _check(ended),
        "earlier": [_line(one) for one in newest if one.state == RunState.FINISHED and one != ended],
        "check_url": "" if going and going.going else f"{base()}checks/",
        "rows": [_row(one) for one in said.told(moments)],
        "count_text": _count(ask, len(moments), key),
        "people_html": _people(ask),
        "about_html": _about(ask),
        "kept": [(name, text) for name, text in ask.words().items() if name not in ("since", "until")],
        "since": ask.words().get("since", ""),
        "until": ask.words().get("until", ""),
        "next_url": _address(ask, after=key) if key else "",
        "first_url": _address(ask) if ask.before else "",
        "clear_url": base() if ask.narrowed else "",
    }
    return render(request, "trail/overview.html", context)


@require_POST
def start(request: HttpRequest, organization: str) -> HttpResponse:
    """Have the trail checked now."""
    checks.ask()
    messages.success(request, _("The check is on its way. Its result will stand here."))
    return HttpResponseRedirect(base())


@never_cache
@present
@require_safe
def show(request: HttpRequest, organization: str, check: UUID) -> HttpResponse:
    """One check that has ended."""
    require(checks.RIGHT)
    found = TrailCheck.objects.select_related("person").filter(pk=check, state=RunState.FINISHED).first()
    if found is None:
        raise Http404
    return render(request, "trail/check.html", {"eyebrow": [(LABEL, base())], "last": _check(found)})


def _address(ask: listing.Chosen, **changed: str) -> str:
    words = urlencode(ask.words(**changed))
    return f"{base()}?{words}" if words else base()


def progress(check: TrailCheck) -> dict[str, Any]:
    """A check on its way, or one that was stopped, in words."""
    text = ""
    if check.part:
        words = {"part": check.part, "parts": check.parts, "what": _(check.doing) if check.doing else ""}
        text = _("Part %(part)s of %(parts)s: %(what)s") % words
    done = max(check.part - 1, 0)
    return {"state": check.state, "percent": 100 * done // max(check.parts, 1), "text": text, "message": check.said}


def _check(check: TrailCheck) -> dict[str, Any]:
    """A check in plain words."""
    return {
        "tone": "late" if check.findings else "done",
        "verdict": _verdict(check),
        "when": _("Checked on %(when)s, asked for by %(name)s.")
        % {"when": values.when(check.ended_at or check.made_at), "name": check.person.shown_name},
        "facts": _facts(check),
        "findings": said.findings(check.found, base()),
        "left_out": max(check.findings - len(check.found), 0),
    }


def _verdict(check: TrailCheck) -> str:
    if not check.findings:
        words = _("The trail is whole up to entry %(entries)s, and everything it speaks of is as it says.")
        return words % {"entries": check.entries}
    words = ngettext(
        "Altered: %(count)s finding. Something is not as the trail says.",
        "Altered: %(count)s findings. Something is not as the trail says.",
        check.findings,
    )
    return words % {"count": check.findings}


def _facts(check: TrailCheck) -> list[tuple[str, str, bool]]:
    """(label, value, whether it is a digest)"""
    made = [(_("Entries checked"), _("1 to %(last)s") % {"last": check.entries}, False)]
    if check.head_at is not None:
        signed = _("%(entries)s entries, on %(when)s") % {"entries": check.head_entries, "when": values.when(check.head_at)}
        made += [(_("Signed head"), signed, False), (_("Digest of the signed head"), check.head_digest, True)]
    else:
        made.append((_("Signed head"), _("none yet: the worker signs each hour"), False))
    if check.fingerprint:
        made.append((_("Fingerprint of the signing key"), check.fingerprint, True))
    return made


def _line(check: TrailCheck) -> dict[str, Any]:
    return {
        "url": f"{base()}checks/{check.pk}/",
        "when": values.when(check.ended_at or check.made_at),
        "tone": "late" if check.findings else "done",
        "word": ngettext("%(count)s finding", "%(count)s findings", check.findings) % {"count": check.findings}
        if check.findings
        else _("whole"),
        "entries": check.entries,
        "name": check.person.shown_name,
    }


def _row(one: said.Told) -> dict[str, Any]:
    return {
        "sequence": one.moment.sequence,
        "when": values.when(one.moment.at),
        "who": one.who or _("Guiju"),
        "sentence": one.sentence,
        "reason": one.reason,
        "called": one.called,
        "about": one.about,
        "erased": one.moment.erased,
    }


def _count(ask: listing.Chosen, shown: int, key: str) -> str:
    if not ask.before and not key:
        return ngettext("%(n)s entry", "%(n)s entries", shown) % {"n": shown}
    return of_many(shown, listing.counted(ask))


def _people(ask: listing.Chosen) -> Any:
    people = {str(pk): name for pk, name in values.offered(Person).items()} | {listing.ITSELF: _("Guiju, by itself")}
    if ask.person not in people and ask.person:
        people |= {str(pk): name for pk, name in values.names_of(Person, [UUID(ask.person)]).items()}
    options = [(_("All"), _address(ask, person=""), not ask.person)]
    options += [(name, _address(ask, person=pk), pk == ask.person) for pk, name in people.items()]
    return filter_menu(_("Person"), people.get(ask.person, ask.person), options)


def _about(ask: listing.Chosen) -> Any:
    """Registers first, then what stands beside records."""
    known = {register.key: str(register.label) for register in registers()}
    beside = {said.kind_called(kind): kind for kind in _kinds()}
    known |= {kind: name for name, kind in sorted(beside.items())}
    options = [(_("All"), _address(ask, about=""), not ask.about)]
    options += [(name, _address(ask, about=key), key == ask.about) for key, name in known.items()]
    return filter_menu(pgettext("filter", "About"), known.get(ask.about, ask.about), options)


def _kinds() -> list[str]:
    """The kinds on an organization's chain that are no registers'."""
    own = {register.kind for register in registers()}
    models = [*trailed_models(), apps.get_model("trail.entry")]
    kinds = {m._meta.label_lower: m for m in models}
    return [k for k, m in kinds.items() if k not in own and (k == "trail.entry" or _in_organization(m))]


def _in_organization(model: Any) -> bool:
    fields = {field.name for field in model._meta.concrete_fields}
    return "organization" in fields or model._meta.label_lower == "organizations.organization"
