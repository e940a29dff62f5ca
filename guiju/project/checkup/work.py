"""The worker, the work that waits or failed, and letters."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from guiju.organizations.jobs import LETTERS
from guiju.organizations.letters import boxes
from guiju.organizations.mail import can_mail
from guiju.project.checkup.line import Line, State, how_long
from guiju.spine.jobs import standing
from guiju.spine.registers.values import when

NAMED = 5  # people who are named where more have the same
LONG = timedelta(minutes=10)  # work that waits longer than this has nobody to do it


def lines() -> Iterator[Line]:
    yield worker()
    yield waiting()
    yield failed()
    yield scheduled()
    yield mail()
    if can_mail():
        yield addresses()


def worker() -> Line:
    name = _("Worker")
    found = standing.workers()
    if found.alive and found.last_sign:
        says = ngettext(
            "%(count)s is at work; last sign of life %(ago)s ago.",
            "%(count)s are at work; last sign of life %(ago)s ago.",
            found.alive,
        )
        ago = how_long(max(timezone.now() - found.last_sign, timedelta(seconds=1)))
        return Line(name, State.FINE, says % {"count": found.alive, "ago": ago})
    if found.last_sign:
        says = _("None is alive; the last sign of life came on %(when)s.") % {"when": when(found.last_sign)}
    else:
        says = _("None is alive, and none was within the last hour.")
    do = _("Imports, exports, letters and verification wait for one. Start it beside the web server.")
    return Line(name, State.BROKEN, says, do, ("guiju worker",))


def waiting() -> Line:
    name = _("Waiting work")
    count, oldest = standing.waiting()
    if not count or oldest is None:
        return Line(name, State.FINE, _("None."))
    long = timezone.now() - oldest
    says = ngettext("%(count)s waits, the oldest for %(long)s.", "%(count)s wait, the oldest for %(long)s.", count)
    says %= {"count": count, "long": how_long(long)}
    if long <= LONG:
        return Line(name, State.FINE, says)
    return Line(
        name, State.LOOK, says, _("If the worker is alive it may have too much to do; a second one helps."), ("guiju worker",)
    )


def failed() -> Line:
    name = _("Failed work")
    found = standing.failed()
    if not found.count or found.oldest is None:
        return Line(name, State.FINE, _("None in the last seven days."))
    says = ngettext(
        "%(count)s in the last seven days, asked for on %(when)s: %(kinds)s. Last error: %(error)s.",
        "%(count)s in the last seven days, the oldest asked for on %(when)s: %(kinds)s. Last error: %(error)s.",
        found.count,
    )
    says %= {"count": found.count, "when": when(found.oldest), "kinds": _kinds(found.kinds), "error": found.error}
    do = _("It is tried again by itself for some five hours. What went wrong stands in the worker's log.")
    return Line(name, State.LOOK, says, do)


def scheduled() -> Line:
    name = _("Scheduled work")
    found = standing.overdue()
    if not found:
        return Line(name, State.FINE, _("Nothing has failed."))
    says = _("Failed and not done yet: %(kinds)s.") % {"kinds": _kinds(found)}
    return Line(name, State.LOOK, says, _("It is tried again by itself. What went wrong stands in the worker's log."))


def mail() -> Line:
    """Whether letters are sent; the last one's failure is said until a later one went out."""
    name = _("Mail")
    last = standing.last_of(LETTERS)
    if not can_mail():
        says = _(
            "Not set up: notices are told here alone, codes of invitations are handed over on paper, and nobody can ask for a"
            " new password by letter."
        )
        do = _("To send letters, say which server sends them.")
        code = ("EMAIL_URL=smtp+tls://user:password@host:587", "EMAIL_FROM=quality@example.com")
        return Line(name, State.OPEN, says, do, code, _("not set up"))
    if last is None:
        return Line(name, State.FINE, _("Set up. No letter was asked for in the last days."))
    if not last.error:
        return Line(
            name, State.FINE, _("Set up. The last letter, asked for on %(when)s, went out.") % {"when": when(last.asked_at)}
        )
    says = _("The last letter, asked for on %(when)s, could not be sent: %(error)s.")
    do = _("See whether the server of EMAIL_URL can be reached from here and takes its user and password.")
    return Line(name, State.LOOK, says % {"when": when(last.asked_at), "error": last.error}, do)


def addresses() -> Line:
    """Whose address a mail server refused, so that no letters go there; somebody has to know it is so."""
    name = _("Addresses of people")
    found = boxes.refused_here()
    if not found:
        return Line(name, State.FINE, _("None was refused by a mail server."))
    says = ngettext(
        "A mail server refused that of %(names)s; no letters go there.",
        "Mail servers refused those of %(count)s people, among them %(names)s; no letters go there.",
        len(found),
    )
    names = pgettext("list", ", ").join(person.shown_name for person in found[:NAMED])
    do = _("Their pages under People and roles say why. Correct the address, or say there that it is right.")
    return Line(name, State.LOOK, says % {"count": len(found), "names": names}, do)


def _kinds(keys: Iterable[str]) -> str:
    return pgettext("list", ", ").join(_(key) for key in keys)
