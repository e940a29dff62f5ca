"""The trail: when it was verified last, and whether the clock was behind it."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guiju.project.checkup.line import Line, State, how_long
from guiju.spine.acts import INSTALLATION
from guiju.spine.registers.values import when
from guiju.spine.trail import verified
from guiju.spine.trail.clock import Behind, behind
from guiju.spine.trail.models import Verification

NIGHTS = timedelta(days=3)  # a verification older than this was missed, not late
WEEKS = timedelta(days=15)
LATELY = timedelta(days=30)  # after which a clock that was behind is only history


def lines() -> Iterator[Line]:
    yield verification()
    yield clock()


def verification() -> Line:
    """How the last verification ended; of the whole and of the chain, the later one, and the other where it found something."""
    name = _("Verification")
    whole, chain = verified.last(chain_only=False), verified.last(chain_only=True)
    known = sorted((one for one in (whole, chain) if one), key=lambda one: one.ended_at, reverse=True)
    if not known:
        says = _("The trail has not been verified yet. The worker does it each night; on the command line it is done at once.")
        return Line(name, State.OPEN, says, code=("guiju trail verify",))
    # A whole verification walks the chain too: what was found in the chain before it, it has found again or not.
    telling = known[:1] if known[0] is whole else known
    bad = [one for one in telling if one.findings]
    if bad:
        return _found(name, bad[0])
    now = timezone.now()
    says = _("%(when)s: %(what)s") % {"when": when(known[0].ended_at), "what": _whole(known[0])}
    if now - known[0].ended_at > NIGHTS or whole is None or now - whole.ended_at > WEEKS:
        says = _("%(last)s It is done each night, and in depth each week, but was not lately.") % {"last": says}
        do = _("See whether the worker is alive, and verify on the command line meanwhile.")
        return Line(name, State.LOOK, says, do, ("guiju trail verify",))
    if known[0] is not whole:
        says = _("%(last)s In depth on %(when)s, with nothing found.") % {"last": says, "when": when(whole.ended_at)}
    return Line(name, State.FINE, says)


def _whole(one: Verification) -> str:
    if one.chain_only:
        return _("the chain is whole.")
    return _("the chain is whole, and all it speaks of is as it says.")


def _found(name: str, one: Verification) -> Line:
    says = ngettext(
        "%(when)s: %(count)s thing is not as the trail says.",
        "%(when)s: %(count)s things are not as the trail says.",
        one.findings,
    )
    do = _("Leave everything as it is, let each finding be named, and compare with a copy made before.")
    code = ("guiju trail verify --chain-only" if one.chain_only else "guiju trail verify",)
    return Line(name, State.BROKEN, says % {"when": when(one.ended_at), "count": one.findings}, do, code)


def clock() -> Line:
    """Whether the machine's clock was behind the trail (law L4)."""
    name = _("Clock")
    found = behind()
    if not found:
        return Line(name, State.FINE, _("It was never behind an entry of this organization or of the installation."))
    says = " ".join(_behind(one) for one in found)
    if all(timezone.now() - one.at > LATELY for one in found):
        return Line(name, State.FINE, says)
    do = _("Let the machine set its clock by the network (NTP). The order of the entries holds: it does not depend on the clock.")
    return Line(name, State.LOOK, says, do, ("timedatectl set-ntp true",))


def _behind(one: Behind) -> str:
    if one.chain == INSTALLATION:
        says = ngettext(
            "It was behind at %(count)s entry of the installation, last on %(when)s by %(by)s.",
            "It was behind at %(count)s entries of the installation, last on %(when)s by %(by)s.",
            one.entries,
        )
    else:
        says = ngettext(
            "It was behind at %(count)s entry of this organization, last on %(when)s by %(by)s.",
            "It was behind at %(count)s entries of this organization, last on %(when)s by %(by)s.",
            one.entries,
        )
    return says % {"count": one.entries, "when": when(one.at), "by": how_long(one.by)}
