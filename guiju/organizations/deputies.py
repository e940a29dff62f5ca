"""Absences and who stands in: what a deputy does is always said to be done as deputy, and both people count when duties
are separated. ISO 9001 5.3."""

from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_noop as _

from guiju.organizations.models import Deputyship, Membership
from guiju.organizations.services import in_force
from guiju.spine.acts import NotFound, NotPermitted, Refused, current, write
from guiju.spine.notices.services import tell

LONGEST = timedelta(days=366)
NO_LONGER = _("You are no longer deputy for %(name)s.")
NO_LONGER_FOR_YOU = _("%(name)s is no longer deputy for you.")


def name(absent: Membership, deputy: Membership, from_on: date, until_on: date) -> Deputyship:
    """Name a deputy for an absence: one's own, or with people.change anybody's. The two are told,
    whoever of them does not do it, and nobody else.

    NotPermitted for putting oneself in somebody's place. Refused for oneself as deputy, for people who
    are not members then, and for days that make no absence.
    """
    _permit(absent)
    if absent.person_id != current().actor.id and deputy.person_id == current().actor.id:
        raise NotPermitted(_("You cannot take somebody's place yourself. The person names you, or somebody else does."))
    today = current().today()
    if absent.pk == deputy.pk:
        raise _wrong("deputy", _("A deputy is another person."))
    if deputy.expires_on is not None:
        raise _wrong("deputy", _("A guest stands in for nobody. Choose a member without a last day."))
    if not in_force(deputy, until_on) or not in_force(absent, today):
        raise _wrong("deputy", _("Both have to be members for the whole time."))
    if until_on < from_on or until_on < today:
        raise _wrong("until_on", _("The last day lies before the first, or in the past."))
    if until_on - from_on > LONGEST:
        raise _wrong("until_on", _("An absence has at most a year; after that the work is handed over."))
    made = Deputyship(absent=absent, deputy=deputy, from_on=from_on, until_on=until_on)

    def naming() -> Deputyship:
        made.save()
        _tell_deputy(made, _("You are deputy for %(name)s from %(from_on)s until %(until_on)s."))
        _tell_absent(made, _("%(name)s is deputy for you from %(from_on)s until %(until_on)s."))
        return made

    return write(naming)


def end(deputyship: UUID) -> Deputyship:
    """End one early; it ends at once. For the absent, the deputy, and with people.change for anybody."""

    def ending() -> Deputyship:
        rows = Deputyship.objects.select_related("absent", "deputy")
        row = rows.select_for_update(of=("self",)).filter(pk=deputyship).first()
        if row is None:
            raise NotFound(_("There is no such deputy."))
        if row.deputy.person_id != current().actor.id:
            _permit(row.absent)
        row.ended = True
        row.save(action="end")
        _tell_deputy(row, NO_LONGER)
        _tell_absent(row, NO_LONGER_FOR_YOU)
        return row

    return write(ending)


def _tell_deputy(row: Deputyship, key: str) -> None:
    tell([row.deputy.person_id], key, _said(row, row.absent), urgent=True)


def _tell_absent(row: Deputyship, key: str) -> None:
    tell([row.absent.person_id], key, _said(row, row.deputy))


def _said(row: Deputyship, other: Membership) -> dict[str, str]:
    """The days, and the other's name in every language, since the notice is kept."""
    name = " ".join(part for part in (other.person.name, other.person.name_zh) if part)
    return {"name": name, "from_on": row.from_on.isoformat(), "until_on": row.until_on.isoformat()}


def end_all(membership: Membership) -> None:
    """End what somebody stands in for and who stands in for them, when they leave; the others are told. Inside a `write`."""
    for row in lasting().filter(Q(absent=membership) | Q(deputy=membership)).select_for_update(of=("self",)):
        row.ended = True
        row.save(action="end")
        if row.absent_id == membership.pk:
            _tell_deputy(row, NO_LONGER)
        else:
            _tell_absent(row, NO_LONGER_FOR_YOU)


def lasting() -> QuerySet[Deputyship]:
    """Deputyships of the acting organization that hold now or later, the first to begin first."""
    rows = Deputyship.objects.filter(ended=False, until_on__gte=current().today())
    return rows.select_related("absent__person", "deputy__person").order_by("from_on", "id")


def _permit(absent: Membership) -> None:
    actor = current().actor
    if absent.person_id != actor.id and not actor.may("people.change"):
        raise NotPermitted(_("You name deputies for yourself only."))


def _wrong(field: str, sentence: str) -> Refused:
    return Refused(sentence, errors={field: [sentence]})
