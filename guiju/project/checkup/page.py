"""The page itself: what matters first above, what is fine beneath it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from guiju import __version__
from guiju.organizations.members import require
from guiju.organizations.urls import present
from guiju.project.checkup import backups, database, machine, proof, trail, work
from guiju.project.checkup.line import Line, State
from guiju.spine.acts import current
from guiju.spine.registers import addresses
from guiju.spine.registers.values import when

ORDER = list(State)


@never_cache
@require_safe
@present
def health(request: HttpRequest, organization: str) -> HttpResponse:
    """How the installation is. Needs organization.change, as the settings do."""
    require("organization.change")
    lines = [
        *trail.lines(),
        *proof.lines(),
        *database.lines(),
        *backups.lines(),
        *work.lines(),
        *machine.lines(request.get_host()),
    ]
    lines.sort(key=lambda line: ORDER.index(line.state))  # stable: within a state they stay as they are
    first = [line for line in lines if line.state in (State.BROKEN, State.LOOK)]
    context = {
        "eyebrow": [(_("People and roles"), f"{addresses.home()}people/")],
        "tone": first[0].state.tone if first else State.FINE.tone,
        "verdict": _verdict(first),
        "first": first,
        "rest": [line for line in lines if line not in first],
        "facts": _facts(),
    }
    return render(request, "health.html", context)


def _verdict(first: list[Line]) -> str:
    if not first:
        return _("Everything is in order.")
    return ngettext("%(count)s thing needs you.", "%(count)s things need you.", len(first)) % {"count": len(first)}


def _facts() -> list[tuple[str, Any]]:
    """(label, value) of what is said of an installation when somebody asks for help with it."""
    organization = current().organization
    if settings.DEMO:
        kind = _("demonstration: everybody on this machine can sign in")
    elif organization.sample:
        kind = _("real, with a sample organization")
    else:
        kind = _("real")
    return [
        (_("Guiju"), __version__),
        (_("Use"), kind),
        (_("Address"), settings.BASE_URL),
        (_("Time zone"), organization.time_zone),
        (_("The clock says"), when(timezone.now())),
    ]
