"""The entries of the organization's chain, the newest first: what a reader asks of the list, and one page of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.apps import apps
from django.db.models import QuerySet
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_noop as _

from guiju.spine.acts import Refused
from guiju.spine.registers import values
from guiju.spine.registers.declaration import by_key
from guiju.spine.registers.listing import COUNTED, NO_SUCH_PAGE, refuse_unreadable
from guiju.spine.trail.models import Entry
from guiju.spine.trail.past import Moment, moments, sequence_at
from guiju.spine.trail.states import kind_of

PAGE = 50
ITSELF = "guiju"  # as a person: what the installation did by itself
WRONG = _("“%(value)s” is no value of this filter.")


@dataclass(frozen=True)
class Chosen:
    """What a reader asks. `person` is an id or ITSELF, `about` a register's key or a kind; `before` goes on below an entry."""

    person: str = ""
    about: str = ""
    since: date | None = None
    until: date | None = None
    before: int = 0
    limit: int = PAGE

    def words(self, **changed: str) -> dict[str, str]:
        """As words of an address, without the page."""
        said = {"person": self.person, "about": self.about, "since": _day(self.since), "until": _day(self.until)}
        return {name: text for name, text in (said | changed).items() if text}

    @property
    def narrowed(self) -> bool:
        return bool(self.words())


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""


def chosen(query: Mapping[str, str]) -> Chosen:
    """Read a query string. Refused for a person, kind, day or page that cannot be."""
    refuse_unreadable(query.values())
    person, about, before = query.get("person", ""), query.get("about", ""), query.get("after", "")
    if person and person != ITSELF:
        try:
            person = str(UUID(person))
        except ValueError:
            raise Refused(WRONG, {"value": person[:60]}) from None
    if about and kind_asked(about) is None:
        raise Refused(WRONG, {"value": about[:60]})
    if before and not (before.isascii() and before.isdigit() and 0 < len(before) < 19):
        raise Refused(NO_SUCH_PAGE)
    return Chosen(person, about, _asked_day(query, "since"), _asked_day(query, "until"), int(before or 0))


def _asked_day(query: Mapping[str, str], name: str) -> date | None:
    text = query.get(name, "").strip()
    try:
        found = parse_date(text) if text else None
    except ValueError:
        found = None
    # The last day of the calendar has none after it.
    if text and (found is None or found.year == date.max.year):
        raise Refused(WRONG, {"value": text[:60]})
    return found


def kind_asked(about: str) -> str | None:
    """The kind that a word of the filter means: a register's, or a kind on the trail."""
    register = by_key(about)
    if register is not None:
        return register.kind
    try:
        model = apps.get_model(about)
    except (LookupError, ValueError):
        return None
    return kind_of(model) if getattr(model, "on_trail", False) or model is Entry else None


def fitting(ask: Chosen) -> QuerySet[Entry]:
    """The entries that fit, in no order. Days are turned into sequences first, so that one index gives filter and order."""
    rows = Entry.objects.all()
    if ask.person:
        rows = rows.filter(actor=None if ask.person == ITSELF else UUID(ask.person))
    if ask.about:
        rows = rows.filter(kind=kind_asked(ask.about))
    if ask.since:
        first = Entry.objects.filter(at__gte=_begins(ask.since)).order_by("at", "sequence")
        after = first.values_list("sequence", flat=True).first()
        rows = rows.filter(sequence__gte=after) if after is not None else rows.none()
    if ask.until:
        rows = rows.filter(sequence__lte=sequence_at(_begins(ask.until + timedelta(days=1)) - timedelta(microseconds=1)))
    return rows


def _begins(day: date) -> datetime:
    """The instant at which a day begins where the reader is."""
    return datetime.combine(day, time.min, values.reader_zone())


def page(ask: Chosen) -> tuple[list[Moment], str]:
    """One page, and the key of the next."""
    rows = fitting(ask)
    rows = rows.filter(sequence__lt=ask.before) if ask.before else rows
    found = list(rows.order_by("-sequence")[: ask.limit + 1])
    more, found = len(found) > ask.limit, found[: ask.limit]
    return moments(found), str(found[-1].sequence) if more else ""


def counted(ask: Chosen) -> int:
    """How many fit, counted as far as COUNTED + 1."""
    return fitting(replace(ask, before=0)).order_by()[: COUNTED + 1].count()
