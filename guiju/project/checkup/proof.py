"""What proves the trail to a stranger: signed heads, the key that signs them, stamps of an authority."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guiju.project.checkup.line import Line, State, how_long
from guiju.spine.acts import current
from guiju.spine.registers.values import when
from guiju.spine.trail import standing
from guiju.spine.trail.standing import Key, Signing

OLD = timedelta(hours=3)  # heads are signed each hour; a worker that was away for a while is no matter
STAMPED_WITHIN = timedelta(days=1)


def lines() -> Iterator[Line]:
    found = standing.key()
    yield head(standing.signing())
    yield key(found)
    yield stamp()


def head(found: list[Signing]) -> Line:
    """The last signed head of this organization; the installation's only where something is wrong with it."""
    name = _("Signed head")
    if any(one.behind_file for one in found):
        says = _("The file beside the key holds a head that the database has not: it was put back to an older copy, or altered.")
        do = _("Leave everything as it is and compare with the latest copy. If you put one back yourself, put the file aside.")
        return Line(
            name, State.BROKEN, says, do, ("guiju trail verify", f"mv {settings.LAST_HEADS} {settings.LAST_HEADS}.before")
        )
    if any(one.since < 0 for one in found):
        says = _("More entries were signed than are there: entries were taken from the end of the trail.")
        do = _("Leave everything as it is, let each finding be named, and compare with a copy made before.")
        return Line(name, State.BROKEN, says, do, ("guiju trail verify",))
    late = [one for one in found if _waits(one) > OLD]
    own = found[0]
    if late:
        says = ngettext(
            "%(last)s %(count)s entry since then is not signed, for %(long)s by now.",
            "%(last)s %(count)s entries since then are not signed, the first for %(long)s by now.",
            late[0].since,
        ) % {"last": _last(late[0]), "count": late[0].since, "long": how_long(_waits(late[0]))}
        do = _("See whether the worker is alive and what stands in its log; sign on the command line meanwhile.")
        return Line(name, State.LOOK, says, do, ("guiju trail sign",))
    if own.at is None:
        says = _("Nothing is signed yet. The worker signs each hour.")
        return Line(name, State.OPEN, says, code=("guiju trail sign",))
    do = _(
        "To be able to prove it against whoever runs this machine, send the head away from time to time, and keep it elsewhere."
    )
    return Line(name, State.FINE, _last(own), do, ("guiju trail head --json",))


def _waits(one: Signing) -> timedelta:
    """For how long the first entry that is not signed has waited."""
    return timezone.now() - (one.unsigned_from or timezone.now())


def _last(one: Signing) -> str:
    if one.at is None:
        return _("Nothing is signed yet.")
    says = ngettext("%(when)s, over %(count)s entry.", "%(when)s, over %(count)s entries.", one.size)
    return says % {"when": when(one.at), "count": one.size}


def key(found: Key | None) -> Line:
    """The fingerprint, for comparing it with a print or with what somebody else has written down."""
    name = _("Key of the trail")
    if found is None:
        return Line(name, State.OPEN, _("There is none yet: it is made when the heads are first signed."))
    if not found.here:
        says = _("This machine has not the key with the fingerprint %(fingerprint)s, so it signs nothing.")
        do = _("Put the file back from where it is kept; on several machines give each the same one.")
        code = (str(settings.SIGNING_KEY), "guiju key show")
        return Line(name, State.BROKEN, says % {"fingerprint": found.fingerprint}, do, code)
    says = _("%(fingerprint)s, since %(when)s.") % {"fingerprint": found.fingerprint, "when": when(found.since)}
    do = _("Keep a copy of the file in another place, and write the fingerprint down where others can see it.")
    return Line(name, State.FINE, says, do, (str(settings.SIGNING_KEY),))


def stamp() -> Line:
    """Whether an authority elsewhere has stamped the last head (RFC 3161)."""
    name = _("Time stamps")
    if not settings.TSA_URL:
        says = _("Not set up: when a head was signed is said by this machine's clock alone.")
        do = _("To have it said by an authority elsewhere, name one that stamps (RFC 3161), and its certificate.")
        code = ("TSA_URL=https://tsa.example.com/", "TSA_CA_PATH=/etc/ssl/certs/tsa-root.pem")
        return Line(name, State.OPEN, says, do, code, _("not set up"))
    found = standing.stamped(current().organization_id)
    if found.at is None:
        says = _("The authority has stamped nothing yet.")
    else:
        says = ngettext("%(when)s, over %(count)s entry.", "%(when)s, over %(count)s entries.", found.size)
        says %= {"when": when(found.at), "count": found.size}
    if found.unstamped_from is None or timezone.now() - found.unstamped_from <= STAMPED_WITHIN:
        return Line(name, State.FINE if found.at else State.OPEN, says)
    says = _("%(last)s A head signed on %(when)s still has none.") % {"last": says, "when": when(found.unstamped_from)}
    do = _(
        "See whether the authority can be reached from here, and what stands in the worker's log. It is asked again each hour."
    )
    return Line(name, State.LOOK, says, do, ("TSA_URL",))
