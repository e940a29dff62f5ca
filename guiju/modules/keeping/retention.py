"""Until when a document is kept: so many years, by its kind, after the day on which it went out of force."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from guiju.modules.documents.models import Document, Revision
from guiju.modules.kinds import services as kinds


def after_years(day: date, years: int) -> date:
    """The same day so many years later; rather a day longer than a day too short where that year has no such day."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def years_before(day: date, years: int) -> date:
    """The last day from which `after_years` does not lead beyond `day`."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)


def kept_until(kind: str, out_of_force_on: date) -> date | None:
    """The first day on which a document of a kind may be disposed of; None for one that is kept for good."""
    years = kinds.rule(kind).retain_years
    return after_years(out_of_force_on, years) if years else None


def out_of_force(documents: Iterable[Document]) -> dict[UUID, date]:
    """By id the day on which documents went out of force; those in force, and drafts, have none."""
    rows = Revision.objects.filter(document__in=[document.pk for document in documents]).exclude(withdrawn_on=None)
    return dict(rows.order_by("position").values_list("document", "withdrawn_on"))


def has_passed(today: date) -> Q:
    """The condition under which documents have been kept as long as their kind asks for."""
    found = Q(pk__in=[])
    for rule in kinds.rules():
        if rule.retain_years and rule.retain_years < today.year:
            withdrawn = Revision.objects.filter(document=OuterRef("pk"), withdrawn_on__lte=years_before(today, rule.retain_years))
            found |= Q(Exists(withdrawn), kind=rule.kind)
    return found & Q(state="withdrawn")
